/**
 * Steps through TypeScript types the way the catalogue writes paths: `chat.completions.create`, `namespace().write`,
 * `0.messages[].content`. A path exists if any overload, and any member of a union, has it.
 */
export function createWalk(ts, checker, at, root, folder) {
  const { TypeFlags } = ts
  const isOpen = (type) => (type.flags & (TypeFlags.Any | TypeFlags.Unknown)) !== 0

  /** The members of a union or the bound of a type parameter; a promise is what it resolves to. */
  function ways(type) {
    const awaited = checker.getAwaitedType(type) ?? type
    if (awaited.isUnion()) return awaited.types.flatMap(ways)
    if ((awaited.flags & TypeFlags.TypeParameter) !== 0) {
      const bound = checker.getBaseConstraintOfType(awaited)
      return bound === undefined ? [checker.getAnyType()] : ways(bound)
    }
    return [awaited.isIntersection() ? awaited : checker.getApparentType(awaited)]
  }

  function memberOf(type, name) {
    const symbol = checker.getPropertyOfType(type, name)
    if (symbol !== undefined) return checker.getTypeOfSymbolAtLocation(symbol, at)
    return checker.getIndexInfosOfType(type).find(({ keyType }) => (keyType.flags & TypeFlags.StringLike) !== 0)?.type
  }

  function step(types, name) {
    return types.flatMap(ways).flatMap((type) => (isOpen(type) ? [type] : (memberOf(type, name) ?? [])))
  }

  function called(types, construct = false) {
    return types
      .flatMap(ways)
      .flatMap((type) =>
        isOpen(type)
          ? [type]
          : (construct ? type.getConstructSignatures() : type.getCallSignatures()).map((one) => one.getReturnType()),
      )
  }

  /** Types at the end of a path of names; `x()` is what calling `x` gives. Empty where it is not there. */
  function follow(types, path) {
    let now = types
    for (const segment of path === '' ? [] : path.split('.')) {
      const name = segment.replace(/\(\)$/, '')
      now = step(now, name)
      if (segment.endsWith('()')) now = called(now)
    }
    return now
  }

  function parameterOf(signature, index) {
    const { parameters } = signature
    const last = parameters.at(-1)
    const rest = last?.valueDeclaration !== undefined && last.valueDeclaration.dotDotDotToken !== undefined
    if (rest && index >= parameters.length - 1) {
      const list = checker.getTypeOfSymbolAtLocation(last, at)
      return (
        checker.getIndexInfosOfType(list).find(({ keyType }) => (keyType.flags & TypeFlags.Number) !== 0)?.type ?? list
      )
    }
    return parameters[index] === undefined ? undefined : checker.getTypeOfSymbolAtLocation(parameters[index], at)
  }

  function elements(types) {
    return types.flatMap(ways).flatMap((type) => {
      if (isOpen(type)) return [type]
      const { numberIndex } = {
        numberIndex: checker.getIndexInfosOfType(type).find(({ keyType }) => (keyType.flags & TypeFlags.Number) !== 0),
      }
      return numberIndex?.type ?? []
    })
  }

  function verdict(types) {
    if (types.length === 0) return 'missing'
    return types.every((type) => ways(type).every(isOpen)) ? 'untyped' : 'ok'
  }

  return {
    folder,
    /** The type of an export, null where there is none. `*` is the module itself. */
    exported(name) {
      const found = follow([root], name === '*' ? '' : name)
      return found.length === 0 ? null : found[0]
    },
    /** Types of what an export makes, null where it is not made so. */
    made(type, made) {
      const found = made === 'instance' ? [type] : called([type], made === 'new')
      return found.length === 0 ? null : found
    },
    /** Types of a method that can be called, null where it is not there. */
    method(instances, path) {
      const found = follow(instances, path)
      const callable = found.flatMap(ways).filter((type) => isOpen(type) || type.getCallSignatures().length > 0)
      return callable.length === 0 ? null : callable
    },
    /** Whether an argument at a path may be given to any of these functions. */
    argument(functions, path, construct = false) {
      if (path.includes('|')) {
        const verdicts = path.split('|').map((one) => this.argument(functions, one, construct))
        return ['ok', 'untyped'].find((one) => verdicts.includes(one)) ?? 'missing'
      }
      const [head, ...rest] = path.split('.')
      const index = Number.parseInt(head, 10)
      if (path === '' || Number.isNaN(index)) return 'ok'
      let now = functions.flatMap(ways).flatMap((type) => {
        if (isOpen(type)) return [type]
        const signatures = construct ? type.getConstructSignatures() : type.getCallSignatures()
        return signatures.map((one) => parameterOf(one, index)).filter((found) => found !== undefined)
      })
      if (head.endsWith('[]')) now = elements(now)
      for (const segment of rest) {
        const name = segment.replace(/(\[\])+$/, '')
        now = name === '*' ? now : step(now, name)
        for (let depth = (segment.length - name.length) / 2; depth > 0; depth--) now = elements(now)
      }
      return verdict(now)
    },
    step: (types, name) => step(types, name),
    ways: (types) => types.flatMap(ways),
    checker,
    ts,
  }
}
