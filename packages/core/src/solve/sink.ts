/** A call that may hand data to an AI service, as the solver met it; what it means is decided afterwards. */
import type { Activation } from './activation.js'
import type { Facts } from './facts.js'
import type { SinkCall, EndpointTemplate } from '../catalog/catalogue.js'
import type { Text } from './text.js'
import type { Datum, Instance, Place, Value } from './value.js'

/** One way the call's destination may be. */
export interface Route {
  readonly when: Facts
  /** The client or model it goes through; null: see `string`, `url`. */
  readonly instance: Instance | null
  /** Model ids, where the call or the model gives them. */
  readonly models: readonly Text[]
  /** A plain string names the model of a gateway; `given` is what its templates read: the call or the client. */
  readonly gateway: { provider: string; endpoint: readonly EndpointTemplate[]; given?: Instance | null } | null
  /** URLs of a raw HTTP call. */
  readonly url: readonly Text[] | null
}

export interface SinkHit {
  readonly key: string
  readonly place: Place
  readonly activation: Activation
  /** What is called, as written: `responses.create`. */
  readonly name: string
  readonly purpose: SinkCall['purpose']
  readonly routes: readonly Route[]
  /** Facts that hold at the call. */
  readonly facts: Facts
  readonly data: ReadonlyMap<string, Datum>
  /** Whether it is a raw HTTP call, a sink only if its URL is one of an AI service. */
  readonly http: boolean
  /** Constructor or factory arguments, for reference. */
  readonly carrying: Value | null
  /** Place of the argument that carries the data. */
  readonly argument: Place
}
