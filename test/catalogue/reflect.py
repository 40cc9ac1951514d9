"""Looks in installed Python packages for what the catalogue says of them.

Reads groups of facts as JSON from standard input and writes one verdict a fact to standard output: `ok`, `missing`, or
`untyped` where a package makes its members at run time and says nothing of them beforehand.
"""

import ast
import functools
import importlib
import importlib.metadata
import inspect
import json
import re
import sys
import textwrap
import typing

OPEN = object()
"""Stands for a thing that is there and whose members are not known."""


def member(owner, name):
    """What `owner.name` is, of a module, a class standing for its instance, or a function; None where it is not there."""
    if owner is OPEN:
        return OPEN
    if inspect.ismodule(owner):
        found = attribute(owner, name)
        if found is None:
            try:
                found = importlib.import_module(f"{owner.__name__}.{name}")
            except Exception:
                return None
        return found
    if not inspect.isclass(owner):
        return attribute(owner, name)
    declared = inspect.getattr_static(owner, name, None)
    if declared is not None:
        return of_declared(owner, declared)
    hinted = annotation_of(owner, name)
    if hinted is not None:
        return hinted
    assigned = assigned_in_init(owner, name)
    if assigned is not None:
        return assigned
    for entering in ("__enter__", "__aenter__"):  # `with client.connect() as connection`
        entered = returned(inspect.getattr_static(owner, entering, owner))
        if entered is not OPEN and entered is not owner:
            return member(entered, name)
    return OPEN if any("__getattr__" in vars(base) for base in owner.__mro__[:-1]) else None


def attribute(owner, name):
    try:
        return getattr(owner, name, None)
    except Exception:  # a stand-in that wants a key before it shows its members
        return OPEN


def of_declared(owner, declared):
    if isinstance(declared, (staticmethod, classmethod)):
        return declared.__get__(None, owner)
    if isinstance(declared, (property, functools.cached_property)):
        return returned(declared.fget if isinstance(declared, property) else declared.func)
    if callable(declared) or inspect.isclass(declared):
        return declared
    inner = getattr(declared, "fget", None) or getattr(declared, "func", None)
    return returned(inner) if inner is not None else OPEN


@functools.cache
def parsed(thing):
    return ast.parse(textwrap.dedent(inspect.getsource(thing)))


def tree_of(thing):
    """Source of a class or function, parsed; None where there is none."""
    try:
        return parsed(thing)
    except Exception:
        return None


def hints_of(thing):
    try:
        return resolved_hints(thing)
    except Exception:
        return getattr(thing, "__annotations__", {}) or {}


@functools.cache
def resolved_hints(thing):
    return typing.get_type_hints(thing)


def annotation_of(owner, name):
    for base in owner.__mro__:
        if name in getattr(base, "__annotations__", {}):
            return class_of(hints_of(base).get(name))
    return None


def returned(function):
    """Class of what a function gives."""
    if function is None:
        return OPEN
    if inspect.isclass(function):
        return function
    for one in (function, inspect.unwrap(function)):
        hint = hints_of(one).get("return")
        found = imported_within(one, hint) if isinstance(hint, str) else class_of(hint)
        if found is not OPEN:
            return found
    return OPEN


def imported_within(function, name):
    """`def chat(self) -> Chat: from .resources.chat import Chat`: a hint whose class only the body imports."""
    module = sys.modules.get(getattr(function, "__module__", ""))
    known = getattr(module, name, None)
    if inspect.isclass(known):
        return known
    tree = tree_of(function)
    if tree is None:
        return OPEN
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and any(one.name == name for one in node.names):
            relative = "." * node.level + (node.module or "")
            try:
                return getattr(importlib.import_module(relative, module.__package__), name, OPEN)
            except Exception:
                return OPEN
    return OPEN


def class_of(hint):
    if hint is None or isinstance(hint, (str, typing.TypeVar)):
        return OPEN
    if inspect.isclass(hint) and typing.get_origin(hint) is None:
        return hint
    arguments = [one for one in typing.get_args(hint) if one is not type(None)]
    origin = typing.get_origin(hint)
    if inspect.isclass(origin) and hasattr(origin, "__enter__") and arguments:  # what `with` gives
        return class_of(arguments[0])
    if inspect.isclass(origin) and origin.__module__ not in ("typing", "types", "collections.abc", "builtins"):
        return origin
    for one in reversed(arguments):
        found = class_of(one)
        if found is not OPEN:
            return found
    return OPEN


def assigned_in_init(owner, name):
    """`self.name = Part(…)` in a constructor: the class that it is made of, where its module knows it."""
    for base in owner.__mro__[:-1]:
        tree = tree_of(base)
        if tree is None:
            continue
        for node in ast.walk(tree):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
            for target in targets:
                if isinstance(target, ast.Attribute) and target.attr == name:
                    made = node.value.func if isinstance(node.value, ast.Call) else None
                    module = sys.modules.get(base.__module__)
                    found = resolve(module, made) if made is not None else None
                    return found if inspect.isclass(found) else OPEN
    return None


def resolve(module, node):
    if isinstance(node, ast.Name):
        return getattr(module, node.id, None)
    if isinstance(node, ast.Attribute):
        owner = resolve(module, node.value)
        return None if owner is None else getattr(owner, node.attr, None)
    return None


def follow(owner, path):
    for segment in path.split(".") if path else []:
        name = segment.removesuffix("()")
        owner = member(owner, name)
        if owner is None:
            return None
        if segment.endswith("()"):
            owner = returned(owner)
    return owner


def takes(function, head):
    """Whether an argument may be given by that position or name."""
    if "|" in head:  # either of them
        verdicts = [takes(function, one) for one in head.split("|")]
        return next((one for one in ("ok", "untyped") if one in verdicts), "missing")
    if function is OPEN:
        return "untyped"
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except Exception:
        return "untyped"
    kinds = {parameter.kind for parameter in parameters}
    if parameters and parameters[0].name in ("self", "cls") and not inspect.ismethod(function):
        parameters = parameters[1:]
    if head.isdigit():
        placed = [one for one in parameters if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)]
        if int(head) < len(placed):
            return "ok"
        return "untyped" if inspect.Parameter.VAR_POSITIONAL in kinds else "missing"
    if any(one.name == head and one.kind != one.POSITIONAL_ONLY for one in parameters):
        return "ok"
    return "untyped" if inspect.Parameter.VAR_KEYWORD in kinds else "missing"


def head_of(path):
    return "|".join(re.split(r"[.\[$]", one, maxsplit=1)[0] for one in path.split("|"))


def heads(paths):
    return sorted({head_of(path) for path in paths if head_of(path) not in ("", "*", "receiver")})


def options_of(client):
    templates = list(client.get("endpoint", []))
    for route in client.get("routes", []):
        templates += route["endpoint"]
    read = [path for template in templates for path in re.findall(r"option:([^|}]+)", template)]
    asked = [route["when"]["option"] for route in client.get("routes", []) if "option" in route["when"]]
    given = client.get("through", []) + client.get("data", []) + client.get("tools", [])
    return heads(read + asked + given + ([client["model"]] if "model" in client else []))


def paths_of(call):
    return heads(call["data"] + call.get("tools", []) + ([call["model"]] if "model" in call else []))




def check_client(root, index, client, say):
    for exported in client["exports"]:
        if client.get("only"):
            if check_service(index, client, say):
                return
        found = root if exported == "*" else follow(root, exported)
        if found is None:
            say(index, f"export {exported}", "missing")
            continue
        say(index, f"export {exported}", "ok")
        made = found
        if client["made"] != "instance":
            for head in options_of(client):
                say(index, f"option {head}", takes(found, head))
            made = returned(found)
        calls = client["calls"] + [{"method": one["method"], "data": [one["id"]]} for one in client.get("models", [])]
        for call in calls:
            method = made if call["method"] == "" else follow(made, call["method"])
            if method is None:
                say(index, f"method {call['method']}", "missing")
                continue
            say(index, f"method {call['method']}", "untyped" if method is OPEN else "ok")
            if call["method"] == "":
                continue
            for head in paths_of(call):
                say(index, f"argument {head} of {call['method']}", takes(method, head))


def check_service(index, client, say):
    """`boto3.client('comprehend')`: its methods are made of the service's model."""
    try:
        import botocore.session
        from botocore import xform_name
    except ImportError:
        return False
    session = botocore.session.get_session()
    for service in client["only"]["is"]:
        model = session.get_service_model(service)
        operations = {xform_name(name): model.operation_model(name) for name in model.operation_names}
        for call in client["calls"]:
            operation = operations.get(call["method"])
            say(index, f"method {call['method']}", "missing" if operation is None else "ok")
            if operation is not None:
                members = operation.input_shape.members if operation.input_shape is not None else {}
                for head in paths_of(call):
                    known = head in members
                    say(index, f"argument {head} of {call['method']}", "ok" if known else "missing")
    return True


def version_of(name):
    parts = name.split(".")
    for size in range(len(parts), 0, -1):
        try:
            return importlib.metadata.version("-".join(parts[:size]))
        except importlib.metadata.PackageNotFoundError:
            continue
    return str(getattr(sys.modules.get(name), "__version__", "?"))


def check_group(asked, name):
    verdicts = []

    def say(group, fact, verdict):
        verdicts.append({"group": group, "fact": fact, "verdict": verdict})

    try:
        root = importlib.import_module(name)
    except Exception as error:
        if not isinstance(error, ModuleNotFoundError):
            print(f"{name}: {type(error).__name__}: {error}", file=sys.stderr)
        return None
    for client in asked["facts"].get("clients", []):
        check_client(root, client["group"], client, say)
    for at, function in enumerate(asked["facts"].get("functions", [])):
        for exported in function["exports"]:
            found = follow(root, exported)
            say(f"function {at}", f"export {exported}", "missing" if found is None else "ok")
            if found is not None:
                for head in heads(function["data"] + function.get("tools", []) + [function["model"]]):
                    say(f"function {at}", f"argument {head}", takes(found, head))
    return verdicts


def main():
    answers = []
    for asked in json.load(sys.stdin):
        for name in asked["facts"]["packages"]:
            answers.append(
                {
                    "provider": asked["provider"],
                    "index": asked["index"],
                    "package": name,
                    "verdicts": check_group(asked, name),
                    "version": version_of(name),
                }
            )
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
