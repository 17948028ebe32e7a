import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { environmentWith } from '#lib/config.ts'
import { writeProfile } from '#worker/sandbox/profile.ts'
import { Office } from '#worker/uno/office.ts'
import { ProtocolError } from '#worker/uno/uno-errors.ts'

const BINARY = '/usr/lib/libreoffice/program/soffice.bin'
const START_LIMIT_MS = 60_000
/** What soffice leaves with when a fresh profile is made and it wants to be started once more. */
const START_AGAIN = 81

/** A real LibreOffice with a profile of its own, for tests that talk to it. */
export interface Soffice {
  office: Office
  /** A folder for documents; gone after `stop`. */
  directory: string
  socketPath: string
  pid: number
  /** Exit codes so far, in order: a fresh profile makes it 81 once. */
  exitCodes: readonly (number | null)[]
  stop(): Promise<void>
}

/** `environment` comes on top of what it needs; `prepareProfile` makes the profile that it starts with. */
export async function startSoffice(
  environment: Readonly<Record<string, string>> = {},
  prepareProfile: (folder: string) => Promise<void> = writeProfile,
): Promise<Soffice> {
  const directory = await mkdtemp(path.join(tmpdir(), 'uno-test-'))
  await prepareProfile(path.join(directory, 'profile'))
  const name = `uno${randomBytes(8).toString('hex')}`
  const socketPath = path.join('/tmp', `OSL_PIPE_${process.getuid?.()}_${name}`)
  const running = new Running(directory, name, environment)
  const stop = async () => {
    await running.kill()
    await rm(directory, { recursive: true, force: true })
    await rm(socketPath, { force: true })
  }
  try {
    const office = await greet(running, socketPath)
    const { pid } = running
    return { office, directory, socketPath, pid, exitCodes: running.exitCodes, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function greet(running: Running, socketPath: string): Promise<Office> {
  const signal = AbortSignal.timeout(START_LIMIT_MS)
  for (;;) {
    running.assertAlive()
    try {
      return await Office.connect(socketPath, signal)
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error
      await wait(10)
    }
  }
}

class Running {
  readonly exitCodes: (number | null)[] = []
  readonly #arguments: readonly string[]
  readonly #environment: Readonly<Record<string, string>>
  #child: ChildProcess
  #wanted = true

  constructor(directory: string, name: string, environment: Readonly<Record<string, string>>) {
    this.#environment = environment
    this.#arguments = [
      ...['--headless', '--invisible', '--norestore', '--nologo', '--nodefault'],
      ...['--nolockcheck', '--nofirststartwizard'],
      `-env:UserInstallation=${pathToFileURL(path.join(directory, 'profile')).href}`,
      `--accept=pipe,name=${name};urp;StarOffice.ComponentContext`,
    ]
    this.#child = this.#launch()
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  assertAlive(): void {
    const code = this.exitCodes.at(-1)
    if (code !== undefined && code !== START_AGAIN) throw new Error(`soffice left with ${code}`)
  }

  async kill(): Promise<void> {
    this.#wanted = false
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    this.#child.kill('SIGKILL')
    await once(this.#child, 'exit')
  }

  #launch(): ChildProcess {
    const env = environmentWith({
      HOME: tmpdir(),
      LANG: 'C.UTF-8',
      SAL_USE_VCLPLUGIN: 'svp',
      ...this.#environment,
    })
    const child = spawn(BINARY, this.#arguments, { stdio: 'ignore', env })
    child.on('exit', code => {
      this.exitCodes.push(code)
      if (code === START_AGAIN && this.#wanted) this.#child = this.#launch()
    })
    return child
  }
}
