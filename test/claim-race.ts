import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const CLAIMANT = fileURLToPath(new URL('claim-race/claimant.ts', import.meta.url))
type Outcome = { won: true } | { won: false; words: string }

/**
 * Lets two real processes claim one DATA_DIR at once, `tries` times: each second time beside what the winner before
 * left when it was killed. Gives how many won each try, and what the others were told.
 */
export async function raceForClaim(tries: number): Promise<{ wins: number[]; refusals: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'claim-race-'))
  const wins: number[] = []
  const refusals: string[] = []
  for (let n = 0; n < tries; n++) {
    const outcomes = await race(join(folder, `${Math.floor(n / 2)}.json`))
    wins.push(outcomes.filter(({ won }) => won).length)
    for (const outcome of outcomes) if (!outcome.won) refusals.push(outcome.words)
  }
  rmSync(folder, { recursive: true })
  return { wins, refusals }
}

async function race(path: string): Promise<Outcome[]> {
  const claimants = [fork(CLAIMANT), fork(CLAIMANT)]
  await Promise.all(claimants.map(claimant => once(claimant, 'message')))
  const at = Date.now() + 20
  const outcomes = await Promise.all(claimants.map(claimant => tell(claimant, { path, at })))
  await Promise.all(claimants.map(kill))
  return outcomes
}

async function tell(claimant: ChildProcess, task: { path: string; at: number }): Promise<Outcome> {
  const answer = once(claimant, 'message')
  claimant.send(task)
  return (await answer)[0]
}

async function kill(claimant: ChildProcess): Promise<void> {
  const end = once(claimant, 'exit')
  claimant.kill('SIGKILL')
  await end
}
