/** A remedy as what to read and what to copy: the copyable part begins at a key whose next line is indented. */
export interface RemedyParts {
  prose: string[]
  /** null where there is nothing to copy. */
  copy: string[] | null
}

export function remedyParts(text: string): RemedyParts {
  const lines = text.split('\n')
  const at = lines.findIndex((line, index) => /^\S.*:$/.test(line) && /^\s/.test(lines[index + 1] ?? ''))
  return at < 0 ? { prose: lines, copy: null } : { prose: lines.slice(0, at), copy: lines.slice(at) }
}
