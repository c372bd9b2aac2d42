"""Reads `${*}`, `${?}` and `${$}` in a policy as the letters that they are, which the emulator does not.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
"""

import re

_LETTER = re.compile(r"\$\{([*?$])\}")


def reading(compile_pattern):
    """A compiler of patterns with * and ? that knows these letters too, from one that does not."""

    def compiled(pattern, ignore_case):
        if _LETTER.search(pattern) is None:
            return compile_pattern(pattern, ignore_case)
        # Every other part is a letter.
        parts = _LETTER.split(pattern)
        texts = [
            re.escape(part) if index % 2 else _bare(compile_pattern(part, ignore_case))
            for index, part in enumerate(parts)
        ]
        return re.compile(f"^{''.join(texts)}$", re.IGNORECASE if ignore_case else 0)

    return compiled


def _bare(compiled):
    return compiled.pattern.removeprefix("^").removesuffix("$")


def install(evaluator):
    """Takes effect for every policy from now on."""
    evaluator._fnmatch_compile = reading(evaluator._fnmatch_compile)
