/** Remembers what a pure function gave for an object, for as long as the object lives: what is asked often about the same input is made once. */
export function once<Key extends object, Answer>(compute: (key: Key) => Answer): (key: Key) => Answer {
  const known = new WeakMap<Key, { answer: Answer }>()
  return (key) => {
    let found = known.get(key)
    if (found === undefined) known.set(key, (found = { answer: compute(key) }))
    return found.answer
  }
}

/** Made when it is first asked for. */
export function lazily<T>(make: () => T): () => T {
  let made: { value: T } | null = null
  return () => (made ??= { value: make() }).value
}
