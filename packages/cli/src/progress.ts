/** One line on a terminal's standard error, once a run takes longer than a second; gone before anything else is written. */
import { performance } from 'node:perf_hooks'

export interface Progress {
  /** Begins a stage; the time of the last one is kept. */
  stage(name: string, total?: number): void
  tick(): void
  end(): { name: string; milliseconds: number }[]
}

interface Stream {
  isTTY?: boolean
  write(text: string): unknown
}

const PATIENCE = 1000
const INTERVAL = 100

export function createProgress(stream: Stream, now: () => number = () => performance.now()): Progress {
  const started = now()
  const times: { name: string; milliseconds: number }[] = []
  let current: { name: string; since: number; done: number; total: number } | null = null
  let shown = 0
  const close = () => {
    if (current !== null) times.push({ name: current.name, milliseconds: now() - current.since })
    current = null
  }
  const show = () => {
    const at = now()
    if (!stream.isTTY || current === null || at - started < PATIENCE || at - shown < INTERVAL) return
    shown = at
    const count = current.total > 0 ? ` ${current.done}/${current.total}` : ''
    stream.write(`\r\u001b[K${current.name}${count}`)
  }
  return {
    stage(name, total = 0) {
      close()
      current = { name, since: now(), done: 0, total }
      show()
    },
    tick() {
      if (current === null) return
      current.done += 1
      if ((current.done & 15) === 0) show()
    },
    end() {
      close()
      if (shown > 0) stream.write('\r\u001b[K')
      return times
    },
  }
}
