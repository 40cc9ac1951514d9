/**
 * Functions that read the setting whose name they are given, `getenv(key, default)`: they are solved for each call, else one
 * setting would have the defaults of all.
 */
import type { FunctionValue } from '../ir/ir.js'
import type { Activation } from './activation.js'
import type { Text } from './text.js'

/** Calls of one such function that are told apart. */
export const mostSettingContexts = 64

export class SettingReaders {
  readonly #nodes = new Set<FunctionValue>()

  has(node: FunctionValue): boolean {
    return this.#nodes.has(node)
  }

  /** A setting is read here by a name: the functions that were given it, not the one in which it is written. */
  note(activation: Activation, name: Text): void {
    for (
      let current: Activation | null = activation;
      current !== null && current.node !== null;
      current = current.calledFrom?.activation ?? null
    ) {
      const { span } = current.node
      const isOwn = name.at?.module === current.module && name.at.start >= span.start && name.at.end <= span.end
      if (isOwn || name.at === null || this.#nodes.has(current.node)) return
      this.#nodes.add(current.node)
    }
  }
}
