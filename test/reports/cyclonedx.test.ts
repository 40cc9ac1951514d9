import { Spec, Validation } from '@cyclonedx/cyclonedx-library'
import type { Report } from '@sekisho/core'
import { afterAll, describe, expect, test } from 'vitest'
import { everyFormat, hostile, shop } from './repository.js'

const repositories = { shop: shop(), hostile: hostile() }
afterAll(() => {
  for (const repository of Object.values(repositories)) repository.remove()
})

interface Bom {
  services: {
    name: string
    endpoints?: string[]
    'x-trust-boundary': boolean
    trustZone: string
    data: { flow: string; classification: string; name: string }[]
  }[]
  components: { name: string }[]
}

describe.each(Object.entries(repositories))('%s', (_, repository) => {
  const outputs = everyFormat(repository, '--locale', 'en')
  const report = JSON.parse(outputs['json']!.toString()) as Report

  test.each([
    ['cyclonedx', Spec.Version.v1dot6],
    ['cyclonedx-1.7', Spec.Version.v1dot7],
  ] as const)('%s is valid by the strict schema of CycloneDX', async (id, version) => {
    const text = outputs[id]!.toString()
    expect(await new Validation.JsonStrictValidator(version).validate(text)).toBeNull()
    expect((JSON.parse(text) as { specVersion: string }).specVersion).toBe(version)
  })

  test('every endpoint is a service, every class that can reach it is in it', () => {
    const bom = JSON.parse(outputs['cyclonedx']!.toString()) as Bom
    expect(bom.services).toHaveLength(report.endpoints.length)
    const classes = report.endpoints.map(({ provider, endpoint, zone, destination }) => {
      const own = report.flows.filter(
        (flow) =>
          flow.provider === provider &&
          flow.zone === zone &&
          flow.destination === destination &&
          flow.endpoint.host === endpoint.host &&
          flow.endpoint.region === endpoint.region,
      )
      return new Set(own.flatMap(({ dataClasses }) => dataClasses)).size
    })
    expect(bom.services.map(({ data }) => data.length)).toEqual(classes)
    expect(classes.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(1)
  })
})

test('the trust boundary is where the own machine ends', () => {
  const { services } = JSON.parse(everyFormat(repositories.shop, '--locale', 'en')['cyclonedx']!.toString()) as Bom
  const of = (zone: string) => services.find(({ trustZone }) => trustZone === zone)!
  expect(of('edge')).toMatchObject({ 'x-trust-boundary': false, endpoints: ['http://localhost:11434'] })
  expect(of('domestic')).toMatchObject({ 'x-trust-boundary': true, endpoints: ['https://api.platform.preferredai.jp'] })
  expect(of('domestic').data.map(({ name }) => name)).toEqual(expect.arrayContaining(['Email address', 'Name']))
})
