import io
import json

import pytest

from vision.log import create_log


def test_a_line_is_json_with_what_lambda_filters_by() -> None:
    written = io.StringIO()
    create_log("INFO", written).warning("slow: %s", "ü", extra={"fields": {"milliseconds": 5000}})
    line = json.loads(written.getvalue())
    assert line.pop("timestamp").endswith("+00:00")
    assert line == {"level": "WARN", "message": "slow: ü", "milliseconds": 5000}


def test_an_error_has_its_stack() -> None:
    written = io.StringIO()
    log = create_log("ERROR", written)
    try:
        raise KeyError("lost")
    except KeyError:
        log.exception("failed")
    line = json.loads(written.getvalue())
    assert line["level"] == "ERROR"
    assert "KeyError: 'lost'" in line["stack"]


@pytest.mark.parametrize(("level", "lines"), [("DEBUG", 3), ("INFO", 2), ("WARN", 1), ("ERROR", 0)])
def test_only_lines_of_the_level_are_written(level: str, lines: int) -> None:
    written = io.StringIO()
    log = create_log(level, written)
    log.debug("a")
    log.info("b")
    log.warning("c")
    assert len(written.getvalue().splitlines()) == lines
