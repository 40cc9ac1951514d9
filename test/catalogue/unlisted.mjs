/**
 * Methods of an SDK that look as if they send what a person wrote, and that the catalogue does not list. A list to read, not a
 * verdict: a name alone does not tell.
 */
const DEEPEST = 3
const MOST = 400

const carrier =
  /^(?:inputs?|prompts?|texts?|messages?|contents?|quer(?:y|ies)|documents?|files?|images?|audio|video|body|data|items|records|points|vectors|payload|metadata|instructions|requests?|events|tool_?outputs|question|answer|transcript|conversation)$/i
const reader =
  /^(?:_|get|list|retrieve|delete|cancel|remove|close|abort|on[A-Z]|off$|on$|once$|with|to[A-Z]|set[A-Z]|fetch|download|describe|poll|wait|is[A-Z]|has[A-Z]|build|encode|decode|initialize|match|check|emit|addListener)/

/** Parts that speak to nobody by themselves, or to what another entry of the catalogue is about. */
const plumbing =
  /^(?:config|options|logger|callbacks|cache|embeddings?|.*[pP]arser|llm|session|client|admin|runnable|mapper|default|.*[cC]hain|.*Prompt|graph|httpClient|store)$/

/** Paths of such methods below what a client makes. */
export function unlistedMethods(walk, instances, listed) {
  const { checker, ts } = walk
  const found = new Set()
  const seen = new Set()
  let steps = 0

  function isOwn(symbol) {
    const file = symbol.declarations?.[0]?.getSourceFile().fileName ?? ''
    return file.includes('/node_modules/') && !/\/node_modules\/(?:typescript|@types)\//.test(file)
  }

  function isPrivate(symbol) {
    const declared = symbol.valueDeclaration
    const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected
    return (
      symbol.name.startsWith('_') ||
      symbol.name.startsWith('#') ||
      (declared !== undefined && (ts.getCombinedModifierFlags(declared) & hidden) !== 0)
    )
  }

  function carries(parameter) {
    if (carrier.test(parameter.name)) return true
    const type = checker.getTypeOfSymbol(parameter)
    return walk
      .ways([type])
      .filter((way) => (way.flags & ts.TypeFlags.Object) !== 0)
      .some((way) => checker.getPropertiesOfType(way).some(({ name }) => carrier.test(name)))
  }

  function visit(types, path, depth) {
    for (const type of walk.ways(types)) {
      if (seen.has(type) || steps++ > MOST) continue
      seen.add(type)
      for (const symbol of checker.getPropertiesOfType(type)) {
        if (isPrivate(symbol) || !isOwn(symbol)) continue
        const name = path === '' ? symbol.name : `${path}.${symbol.name}`
        const member = checker.getTypeOfSymbol(symbol)
        const signatures = walk.ways([member]).flatMap((way) => way.getCallSignatures())
        if (signatures.length === 0) {
          if (depth < DEEPEST && !reader.test(symbol.name) && !plumbing.test(symbol.name))
            visit([member], name, depth + 1)
        } else if (!reader.test(symbol.name) && !listed.has(name)) {
          if (signatures.some((one) => one.parameters.some(carries))) found.add(name)
        }
      }
    }
  }

  visit(instances, '', 0)
  return [...found].sort()
}
