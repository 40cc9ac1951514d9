/** Puts the pinned packages into folders of their own, through npm and pip, with no install script run. */
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

/** Python of a virtual environment that holds the packages. */
export function installPython(into, packages) {
  const folder = join(into, `python-${digest(packages)}`)
  const python = join(folder, process.platform === 'win32' ? 'Scripts/python.exe' : 'bin/python')
  if (existsSync(join(folder, 'done'))) return python
  execFileSync('python3', ['-m', 'venv', folder], quiet)
  const wanted = Object.entries(packages).map(([name, version]) => `${name}==${version}`)
  const flags = ['--disable-pip-version-check', '--quiet', '--only-binary=:all:']
  execFileSync(python, ['-m', 'pip', 'install', ...flags, ...wanted], quiet)
  writeFileSync(join(folder, 'done'), '')
  return python
}

function digest(packages) {
  return createHash('sha256').update(JSON.stringify(packages)).digest('hex').slice(0, 12)
}
