/** The command line: each command is in its own file, which is loaded on demand. */
import { Argument, Command, Option } from 'commander'
import { ConfigError } from '#lib/config.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { suggest } from '#lib/vocabulary/nearest.ts'
import { ENGINE_ACTIONS, type EngineAction } from './engine/engine-actions.ts'
import { TEST_PARTS, type TestPart } from './test/test-parts.ts'
import { nightshiftVersion } from './versions.ts'

// Node warns about WebAssembly modules and type stripping at every start, which users need not see.
process.removeAllListeners('warning')
process.on('warning', warning => {
  if (warning.name !== 'ExperimentalWarning') console.error(warning.stack)
})

const program = new Command('nightshift')
  .description('Converts office documents on your own machine.')
  .version(nightshiftVersion())
  .showHelpAfterError('Run nightshift help to see every command.')

program
  .command('start', { isDefault: true })
  .description('install what is missing, then run the web page and a worker')
  .action(async () => (await import('./start.ts')).start(['web', 'worker']))
program
  .command('web')
  .description('run the web page and the API alone, on a database that exists')
  .action(async () => (await import('./start.ts')).start(['web']))
program
  .command('worker')
  .description('run one more worker, on a database that exists')
  .action(async () => (await import('./start.ts')).start(['worker']))
program
  .command('migrate')
  .description('bring the database to this version')
  .action(async () => (await import('./migrate-command.ts')).migrateCommand())
program
  .command('test')
  .description('run every test')
  .addOption(new Option('--only <part>', 'run one part alone').choices(TEST_PARTS))
  .addArgument(new Argument('[files...]', 'test files to run alone'))
  .action(async (files: string[], { only }: { only?: TestPart }) =>
    (await import('./test.ts')).test({ only, files }),
  )
program
  .command('bench')
  .description('measure')
  .addArgument(new Argument('<name>', 'a file in test/bench'))
  .addArgument(new Argument('[options...]', 'its own options'))
  .allowUnknownOption()
  .action(async (name: string, options: string[]) => (await import('./bench.ts')).bench(name, options))
program
  .command('proof')
  .description('prove what takes longer than a test may: stress, endurance, real clients')
  .addArgument(new Argument('[name]', 'a file in test/proof, or “list”; without it, all'))
  .addArgument(new Argument('[options...]', 'its own options'))
  .allowUnknownOption()
  .action(async (name: string | undefined, options: string[]) =>
    (await import('./proof.ts')).proof(name, options),
  )
program
  .command('engine')
  .description(
    'the LibreOffice in a folder of its own: show, renew, verify or remove it, or list its packages',
  )
  .addArgument(new Argument('[action]', 'what to do').choices(ENGINE_ACTIONS).default('show'))
  .option(
    '--latest',
    'renew with the versions of the mirror, not with those that this Nightshift was tested with',
  )
  .action(async (action: EngineAction, { latest }: { latest?: boolean }) =>
    (await import('./engine-command.ts')).engineCommand(action, { latest }),
  )
program
  .command('doctor')
  .description('say what is installed, what is missing or wrong, and what mends it')
  .option('--json', 'for programs')
  .action(async ({ json }: { json?: boolean }) => (await import('./doctor.ts')).doctor({ json }))
program
  .command('support')
  .description(
    'write versions, settings, checks, statistics and logs, without names and secrets, into one file',
  )
  .option('--to <folder>', 'where to; otherwise DATA_DIR')
  .action(async ({ to }: { to?: string }) => (await import('./support.ts')).support({ folder: to }))

try {
  refuseUnknownCommand(process.argv[2])
  await program.parseAsync()
} catch (error) {
  console.error(`\n  ✗ ${sentenceFor(error)}\n`)
  process.exitCode = 1
}
// Exits explicitly: the bootstrap's channel or a pool's last idle connection would keep this process alive for seconds.
process.exit()

/** Commander would take it for an argument of `start`, its default. @throws ConfigError */
function refuseUnknownCommand(name: string | undefined): void {
  const known = [...program.commands.map(command => command.name()), 'help']
  if (!name || name.startsWith('-') || known.includes(name)) return
  throw new ConfigError(`There is no command “${name}”. ${suggest(name, known)}`)
}

/** The text for the user: a sentence for an expected error, the stack for an unexpected one. */
function sentenceFor(error: unknown): string {
  if (error instanceof ConfigError) return error.message.replaceAll('\n', '\n    ')
  if (error instanceof AppError) {
    const { message, nextStep } = error.toJobError()
    return `${message}\n    ${nextStep}`
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
