import { type MachineFacts, type SecretMarks, secretMarks } from '#lib/checks/machine-facts.ts'
import type { Secrets } from '#lib/secrets.ts'
import type { WorkerActivity } from '#lib/worker-activity.ts'
import type { MachineFonts } from './report/fresh-fonts.ts'

/** Fonts come and go seldom, in milliseconds. */
const LOOKS_EVERY_MS = 60_000

interface Machine {
  engine: { readonly name: string }
  fonts: Pick<MachineFonts, 'facts'>
}

/** What this worker tells of its machine. A report never waits for it: it has what was last known. */
export class MachineReport {
  readonly #runtime: Machine
  readonly #marks: SecretMarks
  #known: MachineFacts | undefined
  #nextLook = 0

  constructor(runtime: Machine, secrets: Pick<Secrets, 'secret' | 'adminToken'>) {
    this.#runtime = runtime
    this.#marks = secretMarks(secrets)
  }

  /** Nothing until the machine was looked at for the first time. */
  told(): Pick<WorkerActivity, 'machine'> {
    if (Date.now() >= this.#nextLook) {
      this.#nextLook = Date.now() + LOOKS_EVERY_MS
      void this.#look()
    }
    return this.#known ? { machine: this.#known } : {}
  }

  async #look(): Promise<void> {
    const { engine, fonts } = this.#runtime
    try {
      this.#known = { marks: this.#marks, engine: engine.name, fonts: await fonts.facts() }
    } catch {
      // fontconfig did not answer: what was known stays, and the next look follows.
    }
  }
}
