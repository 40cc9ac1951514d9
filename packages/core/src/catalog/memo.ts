/** Remembers the answers of a pure function of one text, bounded: when full it starts anew. */
export function memo<Answer>(compute: (text: string) => Answer, limit = 50_000): (text: string) => Answer {
  const known = new Map<string, Answer>()
  return (text) => {
    const old = known.get(text)
    if (old !== undefined || known.has(text)) return old as Answer
    if (known.size >= limit) known.clear()
    const answer = compute(text)
    known.set(text, answer)
    return answer
  }
}
