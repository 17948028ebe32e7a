import { lstatSync } from 'node:fs'
import { AppError } from '#lib/vocabulary/errors.ts'
import { type Machine, realFoldersOf } from './bwrap-args.ts'
import { findOffice } from './office-installation.ts'
import { PROCESSORS, type Processor } from './syscalls.ts'
import { findTools } from './tools.ts'
import { sandboxUser } from './user.ts'

/**
 * Finds the parts of the sandbox on this machine, or in the tree of a system at `tree`.
 * @throws AppError `sandbox_unavailable` without LibreOffice
 */
export async function inspectMachine(tree?: string): Promise<Omit<Machine, 'disablesNamespaces'>> {
  const [tools, office, user] = await Promise.all([findTools(tree), findOffice(tree), sandboxUser()])
  const realFolders = realFoldersOf(path => lstatSync(`${tree ?? ''}${path}`, { throwIfNoEntry: false }))
  return { tree, tools, office, user, realFolders }
}

/**
 * The system call table of this machine's processor.
 * @throws AppError `sandbox_unavailable` when a part of the sandbox is missing
 */
export function processorFor(
  { tools, user }: Pick<Machine, 'tools' | 'user'>,
  mode: 'bwrap' | 'landlock' = 'bwrap',
): Processor {
  if (process.platform !== 'linux')
    throw missing(
      `the sandbox needs Linux, this is ${process.platform}. Run Nightshift in a Linux container, or set SANDBOX=off and convert only documents you made yourself.`,
    )
  if (mode === 'bwrap' && !tools.bwrap)
    throw missing('bubblewrap (bwrap) is not installed. On Debian and Ubuntu: apt-get install bubblewrap')
  if (mode === 'landlock' && !(tools.perl && tools.setpriv))
    throw missing(
      'perl and setpriv are not installed. On Debian and Ubuntu: apt-get install perl-base util-linux',
    )
  if (!tools.prlimit || (user && !tools.setpriv))
    throw missing('prlimit and setpriv are not installed. On Debian and Ubuntu: apt-get install util-linux')
  const processor = PROCESSORS.get(process.arch)
  if (!processor)
    throw missing(
      `there is no system call filter for this processor (${process.arch}); x64 and arm64 have one`,
    )
  return processor
}

function missing(log: string): AppError {
  return new AppError('sandbox_unavailable', { log })
}
