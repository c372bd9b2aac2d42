"""Log lines in JSON, as Lambda's log filter reads them: with `timestamp` and a `level` of its names."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import TextIO

_LEVELS = {"TRACE": 5, "DEBUG": 10, "INFO": 20, "WARN": 30, "ERROR": 40, "FATAL": 50}
_NAMES = {number: name for name, number in _LEVELS.items()}


class JsonFormatter(logging.Formatter):
    """One line of JSON; what `extra={"fields": {...}}` holds stands beside the message."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": _NAMES.get(record.levelno, record.levelname),
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["stack"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def create_log(level: str, destination: TextIO | None = None) -> logging.Logger:
    """A logger of this program's own: the runtime's, at the root, writes other lines."""
    log = logging.getLogger("vision")
    handler = logging.StreamHandler(destination or sys.stdout)
    handler.setFormatter(JsonFormatter())
    log.handlers = [handler]
    log.propagate = False
    log.setLevel(_LEVELS[level])
    return log
