"""Deploys the program that is in program.py, with Pulumi's Automation API: it takes the place of `pulumi up`."""

import json
import runpy
import sys
from pulumi import automation as auto

stack = auto.create_or_select_stack(
    stack_name="python",
    project_name="front-doors",
    program=lambda: runpy.run_path("program.py") and None,
)
stack.set_config("pin", auto.ConfigValue("4711", secret=True))


def changes(result):
    return result.summary.resource_changes


report = {"up": changes(stack.up()), "again": changes(stack.up())}
report["preview"] = {str(op): count for op, count in stack.preview().change_summary.items()}
stack.set_config("endsAt", auto.ConfigValue("2037-01-01T00:00:00Z"))
report["changed"] = changes(stack.up())
report["refreshed"] = changes(stack.refresh())
report["pin"] = stack.outputs()["pin"].secret
report["destroyed"] = changes(stack.destroy())
json.dump(report, sys.stdout)
