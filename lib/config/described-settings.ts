/** All settings as an operator reads them: what they are, where from, and never a secret. Pure. */
import { VARIABLES } from './variables.ts'

/** The groups of the README, each with the setting that it begins with. */
export const SETTING_GROUPS = {
  address: 'PORT',
  jobs: 'JOBS',
  converting: 'SLOTS',
  uploads: 'MAX_UPLOAD_MB',
  limits: 'MAX_ATTEMPTS',
  keeping: 'RETENTION_HOURS',
  secrets: 'WEBHOOK_ALLOW_PRIVATE',
  log: 'LOG_LEVEL',
  traces: 'OTEL_EXPORTER_OTLP_ENDPOINT',
} as const

export type SettingGroup = keyof typeof SETTING_GROUPS

/** Where a value is from: nobody set it, the environment, the file .env, or the secrets that the first start made. */
export const SETTING_SOURCES = ['default', 'environment', 'file', 'made'] as const

export type SettingName = keyof typeof VARIABLES.shape

export interface DescribedSetting {
  name: SettingName
  group: SettingGroup
  /** Null where nothing is set; of a secret null as well, whether or not it is set. */
  value: string | null
  isSecret: boolean
  source: (typeof SETTING_SOURCES)[number]
  /** What it is for, in English, as the README says it. */
  sentence: string
}

/** Settings whose values are for nobody's eyes, because they are or hold passwords. */
export function isSecretSetting(name: string): boolean {
  return /SECRET|TOKEN|DATABASE_URL|AMQP_URL|CONNECTION_STRING/.test(name)
}

/** What the first start makes and keeps where nobody sets it. */
const MADE = ['SECRET', 'ADMIN_TOKEN']

interface SettingSources {
  /** The environment with what the file set in it. */
  environment: Readonly<Record<string, string | undefined>>
  /** What the file .env says. */
  file: Readonly<Record<string, string | undefined>>
  /** What the others make of those that are not set, by their names. */
  derived: Readonly<Record<string, string>>
}

/** In the order of the README. */
export function describedSettings({ environment, file, derived }: SettingSources): DescribedSetting[] {
  let group: SettingGroup = 'address'
  return (Object.keys(VARIABLES.shape) as SettingName[]).map(name => {
    const schema = VARIABLES.shape[name]
    group = groupThatBeginsWith(name) ?? group
    const set = environment[name] || undefined
    const isSecret = isSecretSetting(name)
    const value = set ?? derived[name] ?? standardOf(schema)
    const isFromFile = set !== undefined && file[name] === set
    const unset = MADE.includes(name) ? 'made' : 'default'
    return {
      ...{ name, group, isSecret, value: isSecret ? null : value },
      source: set === undefined ? unset : isFromFile ? 'file' : 'environment',
      sentence: schema.description ?? '',
    }
  })
}

function groupThatBeginsWith(name: string): SettingGroup | undefined {
  const groups = Object.keys(SETTING_GROUPS) as SettingGroup[]
  return groups.find(group => SETTING_GROUPS[group] === name)
}

function standardOf(schema: { safeParse(value: undefined): { data?: unknown } }): string | null {
  const standard = schema.safeParse(undefined).data
  return standard === undefined ? null : String(standard)
}
