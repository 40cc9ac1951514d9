/** The parts that names play, of all the catalogue's libraries. */
import type { PackageFacts } from '../catalog/catalogue.js'
import { ecosystems } from '../catalog/ecosystems.js'
import type { Catalogue } from '../catalog/load.js'
import { createChannelReader, type ChannelReader } from '../link/channels.js'
import { once } from '../once.js'

const partNames = [
  'ambient',
  'lookups',
  'records',
  'tables',
  'holders',
  'sends',
  'receives',
  'puts',
  'gives',
  'environments',
  'definers',
  'readers',
] as const

type PartName = (typeof partNames)[number]

export const partsOf = once((catalogue: Catalogue): Readonly<Record<PartName, ReadonlySet<string>>> => {
  const facts = libraryFacts(catalogue)
  const listed = partNames.map((part) => [part, new Set(facts.flatMap((one) => one[part] ?? []))])
  return Object.fromEntries(listed) as Record<PartName, ReadonlySet<string>>
})

/** What reads the channels of a text by the catalogue's names. */
export function channelReader(catalogue: Catalogue): ChannelReader {
  return createChannelReader(partsOf(catalogue))
}

/** What all libraries that are no provider say. */
export function libraryFacts(catalogue: Catalogue): Omit<PackageFacts, 'packages'>[] {
  return catalogue.data.libraries.flatMap((library) => [
    ...(library.globals === undefined ? [] : [library.globals]),
    ...ecosystems.flatMap((ecosystem) => library[ecosystem] ?? []),
  ])
}
