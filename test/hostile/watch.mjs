/** Loaded before the CLI: leaves behind how much memory it took, what it started and where it connected to. */
import childProcess from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import { basename } from 'node:path'

const seen = { peak: 0, started: [], connected: 0 }

for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork']) {
  const original = childProcess[name]
  childProcess[name] = (file, ...rest) => {
    seen.started.push(basename(String(file)))
    return original(file, ...rest)
  }
}
const connect = net.Socket.prototype.connect
net.Socket.prototype.connect = function (...to) {
  seen.connected += 1
  return connect.apply(this, to)
}
syncBuiltinESMExports()

process.on('exit', () => {
  seen.peak = Math.round(process.resourceUsage().maxRSS / 1024)
  writeFileSync(process.env.SEKISHO_WATCH, JSON.stringify(seen))
})
