import { expect, test } from 'vitest'
import { catalogue } from '../catalog/load.js'
import { policyChanges } from './changes.js'
import { parsePolicy } from './parse.js'

const policyOf = (text: string) =>
  parsePolicy({
    file: 'sekisho.yaml',
    text,
    read: () => null,
    presets: catalogue.data.presets,
    dataClasses: catalogue.data.dataClasses,
  }).policy

const exception = (reason: string) => `version: 1
exceptions:
  - { id: EX-1, rule: cross-border-flow, path: src/a.ts, data: [phone], reason: ${reason}, approver: legal, expiry: 2027-03-31 }
`

test.each([
  ['the same, written otherwise', 'version: 1\n', '# a comment\nversion: 1\nextends: [localization]\n', []],
  ['an exception', 'version: 1\n', exception('migration'), ['added exceptions/EX-1']],
  ['its reason', exception('migration'), exception('forever'), ['changed exceptions/EX-1']],
  ['taken away', exception('migration'), 'version: 1\n', ['removed exceptions/EX-1']],
  [
    'the gate',
    'version: 1\n',
    'version: 1\ngate: { failOn: warn, gaps: allow }\n',
    ['changed gate/failOn', 'changed gate/gaps'],
  ],
  ['what is left out', 'version: 1\n', "version: 1\nexclude: ['vendor/**']\n", ['added exclude/vendor/**']],
  [
    'a destination',
    'version: 1\n',
    'version: 1\ndestinations: { own: { match: { hosts: [llm.example.jp] }, zone: edge } }\n',
    ['added destinations/own'],
  ],
  [
    'a cell',
    'version: 1\n',
    'version: 1\nrules: [{ data: pseudonymised, zone: foreign, level: error, reason: x }]\n',
    ['changed rules/pseudonymised × foreign'],
  ],
])('%s', (_, before, after, expected) => {
  expect(policyChanges(policyOf(before), policyOf(after)).map(({ what, entry }) => `${what} ${entry}`)).toEqual(
    expected,
  )
})
