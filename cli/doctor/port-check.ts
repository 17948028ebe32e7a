import type { Config } from '#lib/config.ts'
import { type Check, passed } from '#lib/vocabulary/check.ts'
import type { Instance } from '../start/instance.ts'
import { checkPort } from '../start/port.ts'

/** Whether the web process can listen: the instance that runs here may have the port already. */
export async function portCheck({ host, port }: Config, running: Instance | undefined): Promise<Check> {
  const [id, what, where] = ['port', 'Port', `${host}:${port}`]
  if (running?.children.web) return passed(id, what, `the instance that runs here listens on ${where}`)
  try {
    await checkPort(host, port)
    return passed(id, what, `${where} is free`)
  } catch (error) {
    const found = (error as Error).message
    return {
      id,
      state: 'failed',
      what,
      found,
      mend: `ss -ltnp 'sport = :${port}'   (names the other program)`,
    }
  }
}
