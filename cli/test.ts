import { globSync } from 'node:fs'
import { AppError } from '#lib/vocabulary/errors.ts'
import { NEEDS, TEST_NEEDS } from '../bin/needs.js'
import { ensureAdapterPackages, TESTED_ADAPTERS } from './start/adapter-packages.ts'
import { ensurePages, ROOT, runOurs } from './start/build.ts'
import { closeAll, type LaunchContext } from './start/launch-context.ts'
import { openSteps } from './start/steps.ts'
import { listenForStop } from './start/stopping.ts'
import { ensurePrograms } from './start/system.ts'
import { roundsOf, runLanes } from './test/lanes.ts'
import { needsPrograms, printSkipped } from './test/skipped-files.ts'
import { openTestDatabase } from './test/test-database.ts'
import { TEST_PARTS, type TestPart } from './test/test-parts.ts'

/** A test database is temporary, so it need not survive a power cut. */
const SETTINGS = ['fsync=off', 'full_page_writes=off', 'max_connections=200']

const NEED_PROGRAMS: readonly TestPart[] = ['integration', 'e2e', 'faults']
const NEED_PAGES: readonly TestPart[] = ['types', 'e2e', 'faults']

type Shared = Pick<LaunchContext, 'steps' | 'stopping' | 'cleanups'>

export interface Selection {
  only?: TestPart | undefined
  /** Paths below the project; empty: all files of each part. */
  files: readonly string[]
}

/**
 * Installs what the tests need and runs them: all, one part, or some files.
 * @throws AppError with the last lines of the checks that failed
 */
export async function test({ only, files }: Selection): Promise<void> {
  const parts =
    files.length > 0 ? TEST_PARTS.filter(part => files.some(isOf(part))) : only ? [only] : TEST_PARTS
  const shared: Shared = { steps: openSteps(), stopping: listenForStop(), cleanups: [] }
  try {
    shared.steps.print('')
    // The fast checks run first: they take seconds, the tests minutes.
    if (parts.includes('lint')) await check('Lint', '@biomejs/biome', shared)
    const lacking = await prepare(parts, shared)
    if (parts.includes('types')) await check('Types', 'typescript', shared)
    const chosen = files.length > 0 ? files : allFiles(parts)
    const skipped = lacking ? chosen.filter(needsPrograms) : []
    const code = await runTests(
      chosen.filter(file => !skipped.includes(file)),
      shared,
    )
    if (lacking) printSkipped(shared.steps, skipped, lacking)
    if (code !== 0) process.exitCode = code
  } finally {
    await closeAll(shared)
    if (shared.stopping.asked.aborted) process.exitCode = 130
  }
}

/** Resolves to what only the operator can install, where something is missing. */
async function prepare(
  parts: readonly TestPart[],
  { steps, stopping }: Shared,
): Promise<AppError | undefined> {
  const needs = (those: readonly TestPart[]) => parts.some(part => those.includes(part))
  let lacking: AppError | undefined
  if (needs(NEED_PROGRAMS)) {
    const coming = ensurePrograms(steps, [...NEEDS, ...TEST_NEEDS], stopping.asked)
    lacking = await coming.then(() => undefined, missingPrograms)
    for (const adapter of TESTED_ADAPTERS)
      await ensureAdapterPackages(steps, adapter, { signal: stopping.asked })
  }
  if (needs(NEED_PAGES)) await ensurePages(steps, '', stopping.asked)
  return lacking
}

function missingPrograms(error: unknown): AppError {
  if (error instanceof AppError && error.code === 'missing_programs') return error
  throw error
}

async function check(name: string, program: string, { steps, stopping }: Shared): Promise<void> {
  const args = program === 'typescript' ? ['-p', '.'] : ['check', '.']
  await steps.run(name, async () => {
    await runOurs(program, args, { signal: stopping.asked })
    return 'good'
  })
}

/** Whether a path belongs to a part of the tests. */
function isOf(part: TestPart): (file: string) => boolean {
  return file => file.startsWith(`test/${part}/`)
}

function allFiles(parts: readonly TestPart[]): string[] {
  return parts.flatMap(part =>
    globSync(`test/${part}/**/*.test.ts`, { cwd: ROOT })
      .filter(file => !file.endsWith('.slow.test.ts'))
      .sort(),
  )
}

async function runTests(files: readonly string[], shared: Shared): Promise<number> {
  if (files.length === 0) return 0
  const needsDatabase = NEED_PROGRAMS.some(part => files.some(isOf(part)))
  const environment = needsDatabase ? await openTestDatabase(shared, SETTINGS) : undefined
  shared.steps.print('')
  let code = 0
  for (const lanes of roundsOf(files)) {
    shared.stopping.asked.throwIfAborted()
    code = Math.max(code, await runLanes(lanes, environment, shared.stopping.asked))
  }
  return code
}
