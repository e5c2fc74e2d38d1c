"""Renders templates as Home Assistant renders those of MQTT entities: Jinja in a sandbox, the message as `value`, as `value_json`
too when it is JSON, and the result without blanks around it. A template without delimiters is a text.

In: a JSON list of [template, message]. Out: a JSON list of {"text": …} or {"error": …}.
"""

import functools
import json
import sys

import jinja2
import jinja2.sandbox


class Warned(jinja2.Undefined):
    """What Home Assistant writes a warning of when it is used."""

    __str__ = __iter__ = __bool__ = __len__ = jinja2.Undefined._fail_with_undefined_error


environment = jinja2.sandbox.ImmutableSandboxedEnvironment(extensions=["jinja2.ext.loopcontrols", "jinja2.ext.do"], undefined=Warned)
compiled = functools.cache(environment.from_string)


def refuse(name):
    raise ValueError(name)


def rendered(template, message):
    if not any(mark in template for mark in ("{{", "{%", "{#")):
        return {"text": template}
    variables = {"value": message}
    try:
        # NaN is no JSON to Home Assistant.
        variables["value_json"] = json.loads(message, parse_constant=refuse)
    except ValueError:
        pass
    try:
        return {"text": compiled(template).render(variables).strip()}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


sys.stdin.reconfigure(encoding="utf-8")
print(json.dumps([rendered(*one) for one in json.load(sys.stdin)]))
