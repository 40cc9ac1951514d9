/** Times of connecting to a host: TCP, then TLS. The one place of this program that uses the network, and only when asked to. */
import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'

export interface Connection {
  /** Milliseconds to a TCP connection, and from there to a finished TLS handshake; null where there was none. */
  tcp: number | null
  tls: number | null
  /** Why not, as the system says it. */
  error: string | null
}

export interface ConnectOptions {
  port?: number
  timeout: number
  /** Certificates to trust besides the system's, for hosts of one's own. */
  ca?: string
}

export async function measure(host: string, { port = 443, timeout, ca }: ConnectOptions): Promise<Connection> {
  const started = performance.now()
  let socket: Socket | null = null
  let tcp: number | null = null
  try {
    socket = await opened(connectTcp({ host, port }), 'connect', timeout)
    tcp = performance.now() - started
    const before = performance.now()
    const secure = connectTls({ socket, servername: host, ...(ca === undefined ? {} : { ca }) })
    await opened(secure, 'secureConnect', timeout)
    const tls = performance.now() - before
    secure.destroy()
    return { tcp: rounded(tcp), tls: rounded(tls), error: null }
  } catch (error) {
    return { tcp: tcp === null ? null : rounded(tcp), tls: null, error: reasonOf(error) }
  } finally {
    socket?.destroy()
  }
}

function opened<T extends Socket>(socket: T, event: string, timeout: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      socket.destroy()
      reject(new Error('timeout'))
    }, timeout)
    const done = (act: () => void) => {
      clearTimeout(timer)
      act()
    }
    socket.once(event, () => done(() => resolve(socket)))
    socket.once('error', (error) => done(() => reject(error)))
  })
}

function reasonOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string }
  return code ?? message ?? String(error)
}

function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10
}
