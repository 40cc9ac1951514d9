/** Interfaces whose annotations say what request a call makes: `@POST("v1/chat/completions") suspend fun chat(@Body body: Chat)`. */
import type { FunctionValue, Statement } from '../../ir/ir.js'
import type { SyntaxNode } from '../tree.js'
import type { Lowering } from './lowering.js'

/** The body that such a function stands for; null for others. */
export function retrofitBody(
  _l: Lowering,
  _node: SyntaxNode,
  _value: FunctionValue,
  _receiver: string,
): Statement[] | null {
  return null
}
