/** Puts the pinned packages into folders of their own, through npm and uv, with no install script run. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const quiet = { stdio: ['ignore', 'ignore', 'inherit'] }

/** Folder of a set of npm packages, installed unless it is there already. */
export function installNpm(into, packages) {
  const folder = join(into, `npm-${digest(packages)}`)
  if (existsSync(join(folder, 'done'))) return folder
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies: packages }, null, 2))
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps', '--loglevel=error']
  execFileSync('npm', ['install', ...flags], { ...quiet, cwd: folder })
  writeFileSync(join(folder, 'done'), '')
  return folder
}

/**
 * Python of a virtual environment that holds the packages. uv looks for versions that go together: pip, which asks a package after
 * another and goes back a version at a time, takes a quarter of an hour for a set of forty.
 */
export function installPython(into, packages, uvVersion) {
  const folder = join(into, `python-${digest(packages)}`)
  const python = pythonOf(folder)
  if (existsSync(join(folder, 'done'))) return python
  const uv = (...flags) => execFileSync(installUv(into, uvVersion), ['-m', 'uv', ...flags], quiet)
  uv('venv', '--quiet', '--clear', '--python', 'python3', folder)
  const wanted = Object.entries(packages).map(([name, version]) => `${name}==${version}`)
  uv('pip', 'install', '--quiet', '--no-build', '--python', python, ...wanted)
  writeFileSync(join(folder, 'done'), '')
  return python
}

function installUv(into, version) {
  const folder = join(into, `uv-${version}`)
  const python = pythonOf(folder)
  if (existsSync(join(folder, 'done'))) return python
  execFileSync('python3', ['-m', 'venv', '--clear', folder], quiet)
  const flags = ['--disable-pip-version-check', '--quiet', '--only-binary=:all:']
  execFileSync(python, ['-m', 'pip', 'install', ...flags, `uv==${version}`], quiet)
  writeFileSync(join(folder, 'done'), '')
  return python
}

function pythonOf(folder) {
  return join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
}

function digest(packages) {
  return createHash('sha256').update(JSON.stringify(packages)).digest('hex').slice(0, 12)
}
