/**
 * The table of all errors that a user or client can meet. Each has a stable code, its HTTP status, whether a retry
 * without changes may succeed, a sentence, and a next step. Only a retryable error makes the queue retry a job; a user
 * may retry every failed job.
 */
import type { JobError, StoredError } from './job.ts'

interface Entry {
  status: number
  retryable: boolean
  message: string
  nextStep: string
  /** What only the operator can do about it: for the log and `/readyz`, never for the user. */
  operator?: string
}

/** `{name}` in a sentence is replaced by the error's details. */
// biome-ignore format: a table, one row an error
export const ERRORS = {
  // Errors in requests.
  invalid_request: { status: 400, retryable: false, message: 'This request cannot be understood: {reason}.', nextStep: 'Correct it and send it again; /api/openapi.json describes every call.' },
  unknown_field: { status: 400, retryable: false, message: 'There is no field “{name}”.', nextStep: '{hint}' },
  unknown_parameter: { status: 400, retryable: false, message: 'There is no parameter “{name}” in the query of this call.', nextStep: '{hint}' },
  no_file: { status: 400, retryable: false, message: 'No file was sent.', nextStep: 'Send one file in the form field “file”.' },
  upload_interrupted: { status: 400, retryable: true, message: 'The upload ended before the whole file had arrived.', nextStep: 'Send it again.' },
  unsupported_protocol: { status: 412, retryable: false, message: 'Uploads here speak tus {version}, and this request does not say so.', nextStep: 'Send the header “Tus-Resumable: {version}”.' },
  unsupported_media_type: { status: 415, retryable: false, message: 'The body must be {expected}.', nextStep: 'Send it with that Content-Type.' },
  unsupported_encoding: { status: 415, retryable: false, message: 'The body is packed ({encoding}), which is not accepted.', nextStep: 'Send it as it is, without Content-Encoding.' },
  checksum_mismatch: { status: 460, retryable: true, message: 'The bytes that arrived are not those that were sent; they were dropped.', nextStep: 'Send this part again.' },
  not_signed_in: { status: 401, retryable: false, message: 'This page is for the operator.', nextStep: 'Send the admin token as “Authorization: Bearer …”; it was printed at the first start.' },
  wrong_token: { status: 401, retryable: false, message: 'This is neither the admin token nor the operator token.', nextStep: 'The admin token was printed at the first start, unless ADMIN_TOKEN sets another one.' },
  look_only: { status: 403, retryable: false, message: 'The operator token lets you look, but not act.', nextStep: 'Sign in with the admin token.' },
  unsearchable: { status: 501, retryable: false, message: 'The database of this Nightshift cannot search jobs.', nextStep: 'Open a job by its full number.' },
  foreign_origin: { status: 403, retryable: false, message: 'This call came from another website and was refused.', nextStep: 'Open Nightshift at its own address.', operator: 'PUBLIC_URL names the address that browsers use' },
  job_not_found: { status: 404, retryable: false, message: 'There is no job with this number.', nextStep: 'Check the link; jobs are forgotten some weeks after their files are deleted.' },
  not_your_job: { status: 403, retryable: false, message: 'Only its sender may change this job; its link lets you look at it and download its result.', nextStep: 'Use the browser that sent it, whose cookie says so, or send the header “X-Owner-Token” with the ownerToken that came with the job.' },
  batch_not_found: { status: 404, retryable: false, message: 'There is no batch with this number.', nextStep: 'Check the link; a batch is forgotten with its last job.' },
  not_your_batch: { status: 403, retryable: false, message: 'Only its sender may change this batch; its link lets you look at it and download its results.', nextStep: 'Use the browser that sent it, whose cookie says so, or send the header “X-Owner-Token” with the ownerToken that came with the batch.' },
  preset_not_found: { status: 404, retryable: false, message: 'There is no preset “{name}” of yours.', nextStep: '/api/presets lists those that you saved.' },
  no_owner: { status: 403, retryable: false, message: 'Nothing says who you are.', nextStep: 'Open the page in this browser first, or send its cookie or an “X-Owner-Token”.' },
  name_taken: { status: 409, retryable: false, message: '“{name}” is the name of a preset that comes with Nightshift.', nextStep: 'Choose another name.' },
  too_many_presets: { status: 409, retryable: false, message: 'You have {limit} presets already.', nextStep: 'Delete one that you no longer need.' },
  presets_off: { status: 501, retryable: false, message: 'Presets are off, because this Nightshift has no database.', nextStep: 'Choose the options with each file instead.', operator: 'DATABASE_URL names a database' },
  upload_not_found: { status: 404, retryable: false, message: 'There is no open upload with this number.', nextStep: 'Begin it again.' },
  upload_too_slow: { status: 408, retryable: true, message: 'The upload was cut because hardly anything arrived for {seconds} s.', nextStep: 'Send it again over a better connection; what has arrived of an upload is kept.' },
  not_found: { status: 404, retryable: false, message: 'There is nothing at this address.', nextStep: '/api/openapi.json lists every address of the API.' },
  file_not_found: { status: 404, retryable: false, message: 'This file is no longer on the server.', nextStep: 'Send the document again.' },
  job_finished: { status: 409, retryable: false, message: 'This job has ended already.', nextStep: 'There is nothing left to cancel.' },
  password_not_needed: { status: 409, retryable: false, message: 'This job does not wait for a password.', nextStep: 'Its status tells how it stands.' },
  not_retryable: { status: 409, retryable: false, message: 'Only a failed or cancelled job whose file is still here can be tried again.', nextStep: 'Send the document again.' },
  not_ready: { status: 409, retryable: true, message: 'The result is not ready yet.', nextStep: 'Ask again when the job is completed.' },
  no_result: { status: 409, retryable: false, message: 'This job ended without a result.', nextStep: 'Its status tells why.' },
  wrong_offset: { status: 409, retryable: true, message: 'The upload goes on at byte {expected}, not {offset}.', nextStep: 'Continue from there.' },
  upload_incomplete: { status: 409, retryable: true, message: 'The upload is not complete: {offset} of {length} bytes are here.', nextStep: 'Send the rest, then ask again.' },
  upload_taken_over: { status: 409, retryable: true, message: 'Another request goes on with this upload.', nextStep: 'Ask where it stands before you send more.' },
  upload_expired: { status: 410, retryable: false, message: 'This upload was not finished in time.', nextStep: 'Begin it again.' },
  expired: { status: 410, retryable: false, message: 'This file was deleted when its time was over ({when}).', nextStep: 'Send the document again.' },
  deleted: { status: 410, retryable: false, message: 'This file was deleted on request ({when}).', nextStep: 'Send the document again.' },
  source_not_kept: { status: 410, retryable: false, message: 'The source of this job is no longer on the server.', nextStep: 'Send the document again.' },
  result_lost: { status: 410, retryable: false, message: 'This result is missing in the storage of the server.', nextStep: 'Convert it again, or send the document again.', operator: 'Check the storage.' },
  kept_too_long: { status: 422, retryable: false, message: 'Files are kept for {limit} hours at the most, not for {asked}.', nextStep: 'Ask for less time.', operator: 'RETENTION_HOURS is the limit' },
  no_webhook: { status: 404, retryable: false, message: 'No webhook came with this job or batch.', nextStep: 'Send “webhookUrl” with the next one; the status tells how this one stands.' },
  webhook_too_early: { status: 409, retryable: true, message: 'This job or batch has not ended, so that there is nothing to tell its webhook yet.', nextStep: 'Wait until it has ended.' },
  webhook_url_invalid: { status: 422, retryable: false, message: 'No webhook can be reached at this URL.', nextStep: 'Send an address that begins with https:// or http://, without a user name and password, as in https://example.org/hook.' },
  webhook_url_private: { status: 422, retryable: false, message: 'This webhook URL leads to a network that is not public ({host}).', nextStep: 'Send an address that is reachable from the internet.', operator: 'WEBHOOK_ALLOW_PRIVATE lets webhooks reach your own network' },
  not_ended: { status: 409, retryable: false, message: 'This job has not ended yet.', nextStep: 'Cancel it first.' },
  precondition_failed: { status: 412, retryable: false, message: 'This is not the file that the request’s condition asks for.', nextStep: 'Send it without If-Match and If-Unmodified-Since.' },
  method_not_allowed: { status: 405, retryable: false, message: '{method} is not possible at this address.', nextStep: 'Use one of: {methods}.' },
  too_large: { status: 413, retryable: false, message: 'This file is larger than {limit} MB.', nextStep: 'Make it smaller, for example by compressing its pictures.', operator: 'MAX_UPLOAD_MB is the limit' },
  range_not_satisfiable: { status: 416, retryable: false, message: 'The range that was asked for lies outside the file.', nextStep: 'Ask for one within it; Content-Range tells how long it is.' },
  idempotency_conflict: { status: 422, retryable: false, message: 'This Idempotency-Key was used for another file, target or options.', nextStep: 'Use a new key for a new job.' },
  more_than_announced: { status: 413, retryable: false, message: 'More bytes were sent than were announced for this upload.', nextStep: 'Begin the upload again with the right length.' },

  // Errors in files.
  empty_file: { status: 422, retryable: false, message: 'This file is empty.', nextStep: 'Check that it was saved completely and send it again.' },
  unsupported_format: { status: 422, retryable: false, message: 'Files of this kind ({found}) cannot be converted.', nextStep: '{nextStep}' },
  unsupported_target: { status: 422, retryable: false, message: '{source} cannot become {target}.', nextStep: 'Choose one of: {targets}.' },
  unknown_option: { status: 422, retryable: false, message: 'There is no option “{name}”.', nextStep: '{hint}' },
  invalid_option: { status: 422, retryable: false, message: 'The option {name} must be {valid}.', nextStep: 'Correct it and send the file again.' },
  option_without_effect: { status: 422, retryable: false, message: 'The option {name} has no effect when {source} becomes {target}.', nextStep: 'Leave it out.' },
  secret_in_preset: { status: 422, retryable: false, message: 'The option {name} is a secret and is not kept in a preset.', nextStep: 'Leave it out; send it with each file.' },
  options_exclude: { status: 422, retryable: false, message: 'The options {name} and {other} exclude each other.', nextStep: 'Leave one of them out.' },
  option_needs: { status: 422, retryable: false, message: 'The option {name} has an effect only together with one of: {needs}.', nextStep: 'Add one of them, or leave it out.' },
  type_mismatch: { status: 422, retryable: false, message: 'This is not {claimed}: it is {found} named .{extension}.', nextStep: '{nextStep}' },
  corrupt_file: { status: 422, retryable: false, message: 'This file is damaged: {reason}.', nextStep: 'Open it in the program that made it, save it again and send the new copy.' },
  unsafe_archive: { status: 422, retryable: false, message: 'This file is not safe to open: {reason}.', nextStep: 'Open it in the program that made it, save it again and send the new copy.' },
  too_many_entries: { status: 422, retryable: false, message: 'This file is made of {count} parts; at most {limit} are accepted.', nextStep: 'Split the document and send its pieces.' },
  expands_too_large: { status: 422, retryable: false, message: 'Unpacked, this file grows by more than {limit} MB.', nextStep: 'Split the document or make its pictures smaller.' },
  compression_ratio: { status: 422, retryable: false, message: 'A part of this file unpacks to {ratio} times its size; more than {limit} times is refused, because only malicious files are made so.', nextStep: 'Open it in the program that made it, save it again and send the new copy.' },
  xml_entities: { status: 422, retryable: false, message: 'This file defines XML entities of its own, as malicious files do.', nextStep: 'Open it in the program that made it, save it again and send the new copy.' },
  too_deeply_nested: { status: 422, retryable: false, message: 'The parts of this file are nested more than {limit} levels deep.', nextStep: 'Make the document simpler, or open it in the program that made it, save it again and send the new copy.' },
  image_too_large: { status: 422, retryable: false, message: 'A picture has {megapixels} million pixels; at most {limit} million are accepted.', nextStep: 'Make the picture smaller.' },
  password_required: { status: 422, retryable: false, message: 'This file is locked with a password.', nextStep: 'Send it again with its password, or send a copy without one.' },
  password_unsupported: { status: 422, retryable: false, message: 'This file is locked with a password, and LibreOffice opens no locked {kind}.', nextStep: 'Open it in the program that made it, take its password away and send that copy.' },
  wrong_password: { status: 422, retryable: false, message: 'This password does not open the file.', nextStep: 'Send the file again with its right password.' },
  password_asked_again: { status: 422, retryable: false, message: 'This password does not open the file.', nextStep: 'Enter its right password. Tries left: {left}.' },
  password_missing: { status: 422, retryable: false, message: 'This file is locked, and nobody entered its password in time.', nextStep: 'Send it again, and enter its password before it is deleted.' },
  no_such_page: { status: 422, retryable: false, message: 'There is no page {page}; the last one is {last}.', nextStep: 'Choose from the pages that there are and send the file again.' },
  all_slides_hidden: { status: 422, retryable: false, message: 'All slides of this presentation are hidden.', nextStep: 'Switch the option “Hidden slides” on and send the file again.' },
  no_such_sheet: { status: 422, retryable: false, message: 'There is no sheet {sheet}; the last one is {last}.', nextStep: 'Choose from the sheets that there are and send the file again.' },
  sheet_too_sparse: { status: 422, retryable: false, message: 'The sheet “{name}” reaches to the cell {cell}: it would have {pages} pages, nearly all of them empty.', nextStep: 'Delete what stands far away, set a print area, or switch the option “One page per sheet” on, and send the file again.' },
  table_too_large: { status: 422, retryable: false, message: 'This table has {rows} rows and {columns} columns; a sheet holds 1,048,576 rows and 16,384 columns.', nextStep: 'Split it and send its pieces; if it has fewer, choose its delimiter.' },
  wrong_charset: { status: 422, retryable: false, message: 'This text is not in the character set {charset}.', nextStep: 'Leave the option “Character set” out, so that it is detected, or choose the right one.' },
  charset_lacks_character: { status: 422, retryable: false, message: 'The character set {charset} has no “{character}” ({code}), which stands in line {line} of the result.', nextStep: 'Choose utf-8, which holds every character, and send the file again.' },
  already_pdf: { status: 422, retryable: false, message: 'This is a PDF already.', nextStep: 'Choose some of its pages, split it or give it a password; merge it with other files; or send the document that it was made from.' },
  pdf_restricted: { status: 422, retryable: false, message: 'The owner of this PDF does not allow its pages to be taken out or put together with others.', nextStep: 'Send it with the password that lifts its restrictions, or a copy without them.' },
  pdf_without_pages: { status: 422, retryable: false, message: 'This PDF has no pages.', nextStep: 'Open it in the program that made it, save it again and send the new copy.' },
  pdf_too_complex: { status: 422, retryable: false, message: 'This PDF is made of too many objects to be merged or split.', nextStep: 'Print it into a new PDF, or take fewer of its pages, and send that.' },
  picture_too_large: { status: 422, retryable: false, message: 'Page {page} is too large for a picture with {resolution} dots per inch.', nextStep: 'Choose a lower resolution, or SVG.' },
  engine_lacks_option: { status: 422, retryable: false, message: 'The engine of this server does not know the option {name} here.', nextStep: 'Leave it out.', operator: 'ENGINE=warm offers it' },

  // Errors in the worker.
  format_known_in_part: { status: 422, retryable: false, message: 'LibreOffice opens only some documents of {program}, and not this one.', nextStep: 'Open it in {program}, save it as {better} and send that.' },
  conversion_failed: { status: 500, retryable: false, message: 'LibreOffice could not convert this file.', nextStep: 'Open it in the program that made it, save it again and send the new copy.' },
  secret_changed: { status: 500, retryable: false, message: 'The password that was sent with this file can no longer be read.', nextStep: 'Send the file again with its password.', operator: 'SECRET was changed' },
  bad_result: { status: 500, retryable: true, message: 'LibreOffice gave a result that is not a readable {target}.', nextStep: 'Try again; if it happens again, save the document in another format first.' },
  engine_crashed: { status: 500, retryable: true, message: 'LibreOffice stopped unexpectedly while converting this file.', nextStep: 'Try again; if it happens again, the document is more than LibreOffice can handle.' },
  source_changed: { status: 500, retryable: false, message: 'The file that was sent has changed on the server’s disk since it arrived.', nextStep: 'Send the document again.', operator: 'Check the disk under DATA_DIR.' },
  time_limit: { status: 500, retryable: false, message: 'Stopped: the conversion took longer than {seconds} s.', nextStep: 'Try again when the server is less busy, or split the document.', operator: 'TIME_LIMIT_S is the limit' },
  cpu_limit: { status: 500, retryable: false, message: 'Stopped: the conversion used more than {seconds} s of processor time.', nextStep: 'Split the document or make it simpler.', operator: 'CPU_LIMIT_S is the limit' },
  stalled: { status: 500, retryable: true, message: 'Stopped: no progress for {seconds} s{place}.', nextStep: 'Try again; if it stops there again, make that part of the document simpler.', operator: 'STALL_LIMIT_S is the limit' },
  out_of_memory: { status: 500, retryable: false, message: 'Stopped: this file needs more than {limit} MB of memory.', nextStep: 'Split the document or make its pictures smaller.', operator: 'MEMORY_LIMIT_MB is the limit' },
  result_too_large: { status: 500, retryable: false, message: 'Stopped: the {target} is larger than {limit} MB.', nextStep: 'Split the document or make its pictures smaller.', operator: 'RESULT_LIMIT_MB is the limit' },
  worker_lost: { status: 500, retryable: true, message: 'The converter stopped while it had this file.', nextStep: 'Try again; if it happens again, the document is more than this server can handle.' },
  too_large_for_engine: { status: 422, retryable: false, message: 'This file is larger than the {limit} MB that the engine can take.', nextStep: 'Make it smaller, for example by compressing its pictures.' },
  too_many_uploads: { status: 429, retryable: true, message: 'You have {limit} uploads open already.', nextStep: 'Finish or delete some first.', operator: 'OWNER_UPLOADS is the limit' },
  too_many_waiting: { status: 429, retryable: true, message: 'You have {limit} jobs waiting already; this one was not accepted.', nextStep: 'Send it again when some are done.', operator: 'OWNER_WAITING is the limit' },
  too_many_locked: { status: 429, retryable: true, message: 'You have {limit} files waiting for their passwords already; this one was not accepted.', nextStep: 'Enter some of the passwords, or cancel those files.', operator: 'OWNER_WAITING is the limit' },
  queue_full: { status: 503, retryable: true, message: 'Too many jobs are waiting; this one was not accepted.', nextStep: 'Send it again in a few minutes.' },
  restarting: { status: 503, retryable: false, message: 'Nightshift is being restarted; your job goes on.', nextStep: 'Fetch the result in a moment from the job that Location names.' },
  not_operational: { status: 503, retryable: true, message: 'No worker is ready.', nextStep: '{trouble}' },
  database_down: { status: 503, retryable: true, message: 'The database cannot be reached.', nextStep: 'Try again in a moment; nothing that was accepted is lost.' },
  pages_unavailable: { status: 503, retryable: false, message: 'The pages of this Nightshift cannot be shown.', nextStep: 'Tell whoever runs this server; files can still be sent by the API.', operator: 'They are damaged. Delete the folder .next and start again.' },
  storage_full: { status: 507, retryable: true, message: 'There is not enough space left on the disk.', nextStep: 'Try again later.', operator: 'Free some space under DATA_DIR.' },
  internal: { status: 500, retryable: true, message: 'Something went wrong in Nightshift itself.', nextStep: 'Try again; if it happens again, tell whoever runs this server.' },

  // Errors that prevent a start; shown at a terminal.
  missing_programs: { status: 500, retryable: false, message: 'Missing on this machine: {missing}.', nextStep: 'Run this once, then start again:\n\n    {command}' },
  step_failed: { status: 500, retryable: true, message: '{program} ended with {code}. Its last words:\n\n    {words}\n', nextStep: 'Correct what it says and try again.' },
  no_packages: { status: 500, retryable: true, message: 'The packages that “{adapter}” needs cannot be installed: npm ended with {code}. Its last words:\n\n    {words}\n', nextStep: 'Correct what it says and start again; or run “npm ci” in that folder of a copy elsewhere and bring its node_modules to {folder}.' },
  cannot_start: { status: 500, retryable: true, message: 'The {role} process ended again and again before it worked ({how}).', nextStep: 'Its own words are above; correct that and start again.' },
  no_database: { status: 500, retryable: false, message: 'There is no embedded PostgreSQL for {machine}.', nextStep: 'Set DATABASE_URL to a PostgreSQL of your own.' },

  // Errors that only the log shows.
  unsafe_key: { status: 500, retryable: false, message: 'A storage key would leave its root.', nextStep: 'This is a defect in Nightshift; the log names the key.' },
  sandbox_unavailable: { status: 503, retryable: true, message: 'Files cannot be converted safely on this machine yet.', nextStep: 'Try again later; whoever runs this server finds the reason in its log.' },
} as const satisfies Record<string, Entry>

export type ErrorCode = keyof typeof ERRORS

/** The HTTP status of a code; 500 for a code that is not in the table. */
export function statusOf(code: string): number {
  return entryOf(code).status
}

/** A stored error as the user reads it. */
export function jobErrorOf({ code, details, retryable, sentences }: StoredError): JobError {
  return sentences
    ? { code, ...sentences, retryable }
    : { code, ...sentencesOf(code, details), retryable, details }
}

export interface AppErrorOptions {
  /** Fills the placeholders of the user's sentence. */
  details?: Record<string, string | number>
  /** For the log only: precise, may contain paths, variables and commands. */
  log?: string
  cause?: unknown
  /** Seconds after which a retry makes sense, sent as `Retry-After`. */
  retryAfter?: number
}

/** An error with two texts: `message` for the log, `toJobError()` for the user. A job's row holds neither. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: Record<string, string | number>
  readonly retryAfter: number | undefined

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(`${code}: ${logText(code, options)}`, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.details = options.details ?? {}
    this.retryAfter = options.retryAfter
  }

  /** The HTTP status of its code. */
  get status(): number {
    return ERRORS[this.code].status
  }

  /** Whether a retry without changes may succeed. */
  get retryable(): boolean {
    return ERRORS[this.code].retryable
  }

  /** The error as the user reads it. */
  toJobError(): JobError {
    return jobErrorOf(this.toStoredError())
  }

  /** The error as the operator reads it: with what only the operator can do, where there is such a thing. */
  toOperatorError(): JobError {
    const { operator }: Entry = ERRORS[this.code]
    const error = this.toJobError()
    return operator ? { ...error, nextStep: operator } : error
  }

  /** The error as a job's row holds it: nothing of the log's text. */
  toStoredError(): StoredError {
    const { code, details, retryable } = this
    return { code, details, retryable }
  }
}

/** The same error, naming the file of a merge that it is about; anything but an `AppError` unchanged. */
export function aboutPart(thrown: unknown, part: string): unknown {
  if (!(thrown instanceof AppError)) return thrown
  const { code, details, message: log, retryAfter } = thrown
  const options = { details: { ...details, part }, log, cause: thrown }
  return new AppError(code, retryAfter === undefined ? options : { ...options, retryAfter })
}

/** Converts any thrown value to an AppError: an unexpected one becomes `internal` and keeps its cause for the log. */
export function asAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown
  return new AppError('internal', {
    log: thrown instanceof Error ? thrown.message : String(thrown),
    cause: thrown,
  })
}

function logText(code: ErrorCode, { log, details = {} }: AppErrorOptions): string {
  const { operator }: Entry = ERRORS[code]
  const text = log || sentencesOf(code, details).message
  return operator ? `${text} (${operator})` : text
}

function sentencesOf(code: string, details: StoredError['details']) {
  const { message, nextStep } = entryOf(code)
  // Of a merge: the file that it is about.
  const about = details.part === undefined ? '' : `“${details.part}”: `
  return { message: about + fill(message, details), nextStep: fill(nextStep, details) }
}

function entryOf(code: string): Pick<Entry, 'status' | 'message' | 'nextStep'> {
  if (Object.hasOwn(ERRORS, code)) return ERRORS[code as ErrorCode]
  // Another version of Nightshift stored it.
  return {
    status: 500,
    message: `This job failed for a reason that this version of Nightshift does not know (${code}).`,
    nextStep: 'Try again.',
  }
}

function fill(text: string, details: StoredError['details']): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? '?'))
}
