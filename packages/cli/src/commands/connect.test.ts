import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createServer as createSecure } from 'node:tls'
import { afterEach, expect, test } from 'vitest'
import { measure } from './connect.js'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.close()
})

function listening(server: Server): Promise<number> {
  servers.push(server)
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
}

test('a server that speaks no TLS: the TCP time, and why there is no other', async () => {
  const port = await listening(createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')))
  const found = await measure('127.0.0.1', { port, timeout: 2000 })
  expect(found.tcp).toBeGreaterThanOrEqual(0)
  expect(found.tls).toBeNull()
  expect(found.error).not.toBeNull()
})

test('a server that says nothing: the time-out ends it', async () => {
  const port = await listening(createServer(() => {}))
  const started = performance.now()
  const found = await measure('127.0.0.1', { port, timeout: 200 })
  expect(found).toMatchObject({ tls: null, error: 'timeout' })
  expect(performance.now() - started).toBeLessThan(10_000)
})

test('nobody listens', async () => {
  const port = await listening(createServer())
  await new Promise((resolve) => servers.splice(0)[0]!.close(resolve))
  expect(await measure('127.0.0.1', { port, timeout: 2000 })).toEqual({ tcp: null, tls: null, error: 'ECONNREFUSED' })
})

const hasOpenssl = spawnSync('openssl', ['version']).status === 0

test.skipIf(!hasOpenssl)('a server with a certificate: both times', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sekisho-tls-'))
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  spawnSync('openssl', [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-days',
    '2',
    ...subject,
    '-keyout',
    key,
    '-out',
    cert,
  ])
  const ca = readFileSync(cert, 'utf8')
  const port = await listening(createSecure({ key: readFileSync(key), cert: ca }, (socket) => socket.end()))
  rmSync(folder, { recursive: true })
  const trusted = await measure('localhost', { port, timeout: 5000, ca })
  expect(trusted.error).toBeNull()
  expect(trusted.tls).toBeGreaterThan(0)
  expect((await measure('localhost', { port, timeout: 5000 })).tls).toBeNull()
})
