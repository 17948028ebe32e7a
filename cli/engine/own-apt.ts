import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { runProgram } from '../start/programs.ts'
import type { Platform } from './package-list.ts'
import { LEFT_OUT_PACKAGES } from './tree-packages.ts'

export interface OwnApt {
  /** Downloads the packages and what they depend on. @returns the paths of the .deb files */
  download(packages: readonly string[], pins: string): Promise<string[]>
}

/**
 * An apt with a state of its own in `folder`, which needs no root and does not know what the machine has installed. It
 * uses the machine's sources and keys.
 * @throws AppError `step_failed` from `download`, with apt's words about an index that it could not read, where there is one
 */
export async function openOwnApt(
  folder: string,
  { architecture }: Pick<Platform, 'architecture'>,
  signal?: AbortSignal,
): Promise<OwnApt> {
  const at = (...names: string[]) => join(folder, ...names)
  await mkdir(at('state', 'lists', 'partial'), { recursive: true })
  await mkdir(at('cache', 'archives', 'partial'), { recursive: true })
  await mkdir(at('none'), { recursive: true })
  await writeFile(at('status'), statusOf(LEFT_OUT_PACKAGES, architecture))
  const options = aptOptions(folder, architecture)
  const apt = (...args: string[]) =>
    runProgram('apt-get', [...options, '-qq', ...args], { env: { LC_ALL: 'C' }, signal })
  // An index that cannot be read may be one that nothing here is in.
  const unread = await apt('update', '-o', 'APT::Update::Error-Mode=any').catch(
    (error: unknown) => error as Error,
  )
  signal?.throwIfAborted()
  const download = async (packages: readonly string[], pins: string) => {
    await writeFile(at('pins'), pins)
    await apt('clean')
    await apt('install', '-y', '--no-install-recommends', '--download-only', ...packages)
    const archives = at('cache', 'archives')
    return readdirSync(archives)
      .filter(name => name.endsWith('.deb'))
      .map(name => join(archives, name))
  }
  return {
    async download(packages, pins) {
      try {
        // Some of the listed versions may not go together with what the mirror has of the others.
        return await download(packages, pins).catch(error => {
          signal?.throwIfAborted()
          if (pins === '') throw error
          return download(packages, '')
        })
      } catch (error) {
        signal?.throwIfAborted()
        throw typeof unread === 'string' ? error : unread
      }
    },
  }
}

function aptOptions(folder: string, architecture: string): string[] {
  const settings = {
    'Dir::State': join(folder, 'state'),
    'Dir::State::status': join(folder, 'status'),
    'Dir::Cache': join(folder, 'cache'),
    'Dir::Etc::preferences': join(folder, 'pins'),
    'Dir::Etc::preferencesparts': join(folder, 'none'),
    'APT::Architecture': architecture,
    'APT::Architectures': architecture,
    // Root's apt would download as another user, who cannot write here.
    'APT::Sandbox::User': 'root',
    'Acquire::Languages': 'none',
    'Acquire::GzipIndexes': 'true',
    'Acquire::Retries': '3',
    'Acquire::IndexTargets::deb::DEP-11::DefaultEnabled': 'false',
    'Debug::NoLocking': '1',
  }
  return Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])
}

/** dpkg's record of installed packages, in a version that satisfies every dependency. */
function statusOf(packages: readonly string[], architecture: string): string {
  return packages
    .map(
      name =>
        `Package: ${name}\nStatus: install ok installed\nVersion: 99:99\nArchitecture: ${architecture}\nMulti-Arch: foreign\nMaintainer: none\nDescription: none\n`,
    )
    .join('\n')
}

/** The release and processor of this machine; undefined where it is not one of Debian's kind. */
export async function platformOf(): Promise<Platform | undefined> {
  try {
    const release = /^VERSION_CODENAME="?([a-z]+)"?$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1]
    const architecture = (await runProgram('dpkg', ['--print-architecture'])).trim()
    return release ? { release, architecture } : undefined
  } catch {
    return undefined
  }
}
