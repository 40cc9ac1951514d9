import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { examples } from './examples.generated.js'
import { catalogue } from './load.js'

describe('the fact files', () => {
  it('are valid', () => {
    const script = fileURLToPath(new URL('../../scripts/compile-catalogue.mjs', import.meta.url))
    const { status, stderr } = spawnSync(process.execPath, [script], { encoding: 'utf8' })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })

  it('carry an example wherever they describe calls', () => {
    const shown = new Set(examples.map(({ id }) => id))
    const silent = catalogue.data.providers.filter(({ npm = [] }) =>
      npm.some(({ clients = [], functions = [] }) => clients.length + functions.length > 0),
    )
    expect(silent.filter(({ id }) => !shown.has(id)).map(({ id }) => id)).toEqual([])
  })

  it('name every package of a client with at least one way to send', () => {
    const mute = catalogue.data.providers.flatMap(({ id, npm = [] }) =>
      npm.flatMap(({ clients = [] }) =>
        clients
          .filter(
            ({ endpoint, calls, models, through }) => endpoint.length === 0 && !calls.length && !models && !through,
          )
          .map(({ exports }) => `${id}: ${exports.join(', ')}`),
      ),
    )
    expect(mute).toEqual([])
  })
})

describe('packageFacts', () => {
  it('gives every provider that a package speaks to', () => {
    const found = catalogue.packageFacts('npm', 'openai').map(({ provider }) => provider?.id)
    expect(found.sort()).toEqual(['amazon-bedrock', 'azure-openai', 'openai'])
  })

  it('takes a subpath for its package, unless it has facts of its own', () => {
    const clients = (name: string) =>
      catalogue.packageFacts('npm', name).flatMap(({ facts }) => facts.clients?.flatMap(({ exports }) => exports) ?? [])
    expect(clients('openai/client')).toContain('OpenAI')
    expect(clients('openai/providers/bedrock')).toEqual(['bedrock'])
    expect(clients('@aws-sdk/client-bedrock-runtime/dist-es')).toContain('BedrockRuntimeClient')
    expect(clients('openai-fake')).toEqual([])
  })

  it('writes shapes out', () => {
    const facts = catalogue.packageFacts('npm', '@openai/agents').map(({ facts }) => facts)
    expect(JSON.stringify(facts)).toContain('"model"')
    expect(JSON.stringify(catalogue.data.providers)).not.toContain('"shape"')
  })
})

describe('httpClient', () => {
  it.each([null, 'axios', 'undici', 'node:https'])('%s is known', (name) => {
    expect(catalogue.httpClient(name)?.calls.length).toBeGreaterThan(0)
  })
  it('knows no other', () => expect(catalogue.httpClient('express')).toBeNull())
})

describe('tokens', () => {
  const tokens = catalogue.tokens()
  const couldMatter = (text: string) => tokens.some((token) => text.includes(token))

  it('are long enough and hold none another', () => {
    expect(tokens.filter((token) => token.length < 5)).toEqual([])
    expect(tokens.filter((token) => tokens.some((other) => other !== token && token.includes(other)))).toEqual([])
  })

  it.each([
    `import { generateText } from 'ai'`,
    `const { embed } = require("ai")`,
    `import OpenAI from 'openai'`,
    `fetch('https://generativelanguage.googleapis.com/v1beta/models/x:generateContent')`,
    `fetch(base + '/v1/chat/completions')`,
    `ANTHROPIC_BASE_URL=https://proxy.example.jp`,
    `https://bedrock-runtime.ap-northeast-1.amazonaws.com`,
    'https://translate.${region}.amazonaws.com',
    `https://contoso.openai.azure.com`,
  ])('find %s', (text) => expect(couldMatter(text)).toBe(true))

  it.each([
    `import express from 'express'`,
    'el.style.transform = `translate(${x}px)`',
    `const total = items.length`,
    `export const aid = 'main'`,
  ])('pass %s by', (text) => expect(couldMatter(text)).toBe(false))
})
