/** Whether to colour: flags, then NO_COLOR and FORCE_COLOR, then whether there is a terminal. */
type Environment = Readonly<Record<string, string | undefined>>

export function usesColor(given: boolean | null, environment: Environment, isTerminal: boolean): boolean {
  if (given !== null) return given
  if (environment['NO_COLOR']) return false
  const force = environment['FORCE_COLOR']
  if (force !== undefined) return force !== '0' && force !== 'false'
  return isTerminal && environment['TERM'] !== 'dumb'
}
