import { globSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runProgram } from '#cli/start/programs.ts'
import { isClosed } from '#lib/data-paths.ts'

/** Where the packages' own folders lie. */
export interface RabbitmqFolders {
  /** Of the broker: its programs are below `plugins`. */
  home: string
  /** Of Erlang. */
  erlang: string
  /** Erlang's own programs. */
  bin: string
}

const CACHE = join(import.meta.dirname, '../../node_modules/.cache')

/**
 * RabbitMQ as Debian packages it: the installed one, or its packages, fetched once and unpacked without installing them.
 * @throws Error where there are none
 */
export async function rabbitmqFolders(): Promise<RabbitmqFolders> {
  // Another user must be able to enter it.
  const target = join(isClosed(CACHE) ? '/var/tmp' : CACHE, 'nightshift-rabbitmq')
  return foldersBelow('/') ?? foldersBelow(target) ?? (await unpack(target))
}

function foldersBelow(root: string): RabbitmqFolders | undefined {
  const [home] = globSync(join(root, 'usr/lib/rabbitmq/lib/rabbitmq_server-*'))
  const [bin] = globSync(join(root, 'usr/lib/erlang/erts-*/bin'))
  return home && bin ? { home, bin, erlang: join(root, 'usr/lib/erlang') } : undefined
}

async function unpack(target: string): Promise<RabbitmqFolders> {
  mkdirSync(dirname(target), { recursive: true })
  const folder = mkdtempSync(`${target}-`)
  try {
    const apt = (...args: string[]) => runProgram('apt-get', args, { cwd: folder, env: { LC_ALL: 'C' } })
    const plan = await apt('install', '--simulate', '--no-install-recommends', 'rabbitmq-server')
    await apt('download', ...Array.from(plan.matchAll(/^Inst (\S+)/gm), ([, name = '']) => name))
    const root = join(folder, 'root')
    for (const file of globSync('*.deb', { cwd: folder }))
      await runProgram('dpkg', ['-x', join(folder, file), root])
    moveUnlessThere(root, target)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const folders = foldersBelow(target)
  if (!folders) throw new Error(`Debian’s package rabbitmq-server has other folders than ${target} shows`)
  return folders
}

/** Another process may have unpacked it meanwhile, and run it. */
function moveUnlessThere(folder: string, target: string): void {
  try {
    renameSync(folder, target)
  } catch (error) {
    if (!foldersBelow(target)) throw error
  }
}
