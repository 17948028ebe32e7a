import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { ConfigError } from './config.ts'

const KEPT = z.object({
  adminToken: z.string().optional(),
  secret: z.string().optional(),
  databasePassword: z.string().optional(),
})

export interface Secrets {
  adminToken: string
  secret: string
  /** The password of the embedded database. */
  databasePassword: string
  /** The admin token was created by this start, so the operator has not seen it yet. */
  created: boolean
  /** The database password was created by this start: an existing database then belongs to another installation. */
  passwordCreated: boolean
}

/**
 * The secrets of this installation. A secret that the environment does not set is created once and kept in
 * `DATA_DIR/secrets.json`, readable only by its owner. Values of the environment are never written.
 * @throws ConfigError when the file exists but is unreadable: new secrets would lock out the old data
 */
export function openSecrets(
  dataDir: string,
  config: { adminToken?: string | undefined; secret?: string | undefined },
): Secrets {
  const path = join(dataDir, 'secrets.json')
  const kept = read(path)
  const adminToken = config.adminToken ?? kept.adminToken ?? random(24)
  const secret = config.secret ?? kept.secret ?? random(32)
  const databasePassword = kept.databasePassword ?? random(24)
  const keep = {
    adminToken: config.adminToken ? kept.adminToken : adminToken,
    secret: config.secret ? kept.secret : secret,
    databasePassword,
  }
  if (JSON.stringify(keep) !== JSON.stringify(kept)) write(path, keep)
  return {
    adminToken,
    secret,
    databasePassword,
    created: !config.adminToken && !kept.adminToken,
    passwordCreated: !kept.databasePassword,
  }
}

/** The two secrets that several machines share, where they are known here; writes nothing. */
export function knownSecrets(
  dataDir: string,
  config: { adminToken?: string | undefined; secret?: string | undefined },
): Pick<Secrets, 'adminToken' | 'secret'> | undefined {
  const kept = read(join(dataDir, 'secrets.json'))
  const adminToken = config.adminToken ?? kept.adminToken
  const secret = config.secret ?? kept.secret
  return adminToken === undefined || secret === undefined ? undefined : { adminToken, secret }
}

const random = (bytes: number) => randomBytes(bytes).toString('base64url')

function read(path: string): z.infer<typeof KEPT> {
  try {
    return KEPT.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw new ConfigError(`${path} cannot be read (${(error as Error).message}); restore it from a backup.`)
  }
}

function write(path: string, secrets: z.infer<typeof KEPT>): void {
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(`${path}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  chmodSync(`${path}.new`, 0o600)
  renameSync(`${path}.new`, path)
}
