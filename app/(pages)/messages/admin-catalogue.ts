/** The texts of the dashboard in all languages, for the server: a browser gets those of its own with the page. */
import { ADMIN_AUDIT } from './admin-audit.ts'
import { ADMIN_DEAD_LETTERS } from './admin-dead-letters.ts'
import { ADMIN_FAILURES } from './admin-failures.ts'
import { ADMIN_JOB } from './admin-job.ts'
import { ADMIN_JOBS } from './admin-jobs.ts'
import { ADMIN_OVERVIEW } from './admin-overview.ts'
import { ADMIN_QUEUES } from './admin-queues.ts'
import { ADMIN_SCHEDULES } from './admin-schedules.ts'
import { ADMIN_SETTINGS } from './admin-settings.ts'
import { ADMIN_SHELL } from './admin-shell.ts'
import { ADMIN_SYSTEM_CHECK } from './admin-system-check.ts'
import { type AdminCatalogue, type AdminText, createAdminText } from './admin-texts.ts'
import { ADMIN_WORDS } from './admin-words.ts'
import { ADMIN_WORKERS } from './admin-workers.ts'
import { compiledTexts, onceFor } from './catalogue.ts'

/** By subject. A page has its own file of texts, and its line here. */
export const ADMIN_TEXTS = {
  shell: ADMIN_SHELL,
  words: ADMIN_WORDS,
  jobs: ADMIN_JOBS,
  job: ADMIN_JOB,
  deadLetters: ADMIN_DEAD_LETTERS,
  audit: ADMIN_AUDIT,
  overview: ADMIN_OVERVIEW,
  failures: ADMIN_FAILURES,
  queues: ADMIN_QUEUES,
  workers: ADMIN_WORKERS,
  schedules: ADMIN_SCHEDULES,
  systemCheck: ADMIN_SYSTEM_CHECK,
  settings: ADMIN_SETTINGS,
} as const

/** The texts of a language, compiled as those of the page are. */
export const adminCatalogueOf = onceFor(
  (language): AdminCatalogue => ({
    language,
    messages: compiledTexts(
      Object.fromEntries(Object.entries(ADMIN_TEXTS).map(([name, subject]) => [name, subject[language]])),
    ),
  }),
)

/** The same ready to use on the server. */
export const adminTextOf = onceFor((language): AdminText => createAdminText(adminCatalogueOf(language)))
