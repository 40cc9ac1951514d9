/** What import specifiers mean. Each language resolves its own; paths have '/' and are relative to the root. */

export type Source =
  /** A module of the project. `beside`: further files of the same package, which share its names. */
  { module: number; beside?: readonly number[] } | { package: string; subpath: string }

export interface Resolver {
  resolve(from: string, specifier: string): Source
  /** The module that a name of an imported module is, where it is none of its exports: `from . import orders`. */
  within?(from: string, specifier: string, name: string): number | null
}
