import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { ConfigError } from './config.ts'

const KEPT = z.object({
  adminToken: z.string().optional(),
  secret: z.string().optional(),
  databasePassword: z.string().optional(),
})

export interface Secrets {
  adminToken: string
  secret: string
  /** Of the embedded database. */
  databasePassword: string
  /** The admin token was made just now: the person has not seen it yet. */
  created: boolean
}

/**
 * Secrets of this installation: what the environment does not give is made once and kept in
 * `DATA_DIR/secrets.json`, readable by its owner only. What the environment gives is never written down.
 * @throws ConfigError when the file is there but unreadable: making new secrets would lock out the old data
 */
export function openSecrets(dataDir: string, config: { adminToken?: string; secret?: string }): Secrets {
  const path = join(dataDir, 'secrets.json')
  const kept = read(path)
  const made = {
    adminToken: kept.adminToken ?? (config.adminToken ? undefined : randomBytes(24).toString('base64url')),
    secret: kept.secret ?? (config.secret ? undefined : randomBytes(32).toString('base64url')),
    databasePassword: kept.databasePassword ?? randomBytes(24).toString('base64url'),
  }
  if (JSON.stringify(made) !== JSON.stringify(kept)) write(path, made)
  return {
    adminToken: config.adminToken ?? made.adminToken ?? '',
    secret: config.secret ?? made.secret ?? '',
    databasePassword: made.databasePassword,
    created: !config.adminToken && !kept.adminToken,
  }
}

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
