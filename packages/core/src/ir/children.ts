/** The objects directly in a node or list, by key: for walks over the whole of a tree, of which there are several a run. */
export function eachChild(node: object, take: (child: object, key: string) => void): void {
  if (Array.isArray(node)) {
    for (const child of node as unknown[]) if (typeof child === 'object' && child !== null) take(child, '')
    return
  }
  for (const key in node) {
    const child = (node as Record<string, unknown>)[key]
    if (typeof child === 'object' && child !== null) take(child, key)
  }
}
