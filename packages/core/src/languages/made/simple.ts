/** A program that is made is made a second time, simpler, where its parser refuses the first; its first statement says which it is. */
export const SIMPLE = "'simple'\n"

/** Whether a tree is of the simpler program. */
export function isSimpleProgram(tree: unknown): boolean {
  const first = (tree as { program?: { body?: { expression?: { value?: unknown } }[] } }).program?.body?.[0]
  return first?.expression?.value === 'simple'
}
