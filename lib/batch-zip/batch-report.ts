import { whyNotKept } from '../jobs/why-not-kept.ts'
import type { Job } from '../jobs.ts'
import { AppError, jobErrorOf } from '../vocabulary/errors.ts'
import type { JobError } from '../vocabulary/job.ts'
import { noteView } from '../vocabulary/notes.ts'

/** A job of which the report tells: its name in the archive, or null where its result is not in it. */
export interface Unpacked {
  job: Job
  name: string | null
}

/** The text of `report.txt`: first what is not in the archive, then what the results lack or show otherwise. */
export function batchReport(about: readonly Unpacked[]): string {
  const missing = about.filter(({ name }) => name === null)
  const noted = about.filter(({ name }) => name !== null)
  return [
    ...section(`Not in this archive: ${missing.length}`, missing.map(missingText)),
    ...section(`With notes: ${noted.length}`, noted.map(notedText)),
  ].join('\r\n')
}

const section = (title: string, entries: readonly string[]) =>
  entries.length > 0 ? [title, '', ...entries.flatMap(text => [text, ''])] : []

function missingText({ job }: Unpacked): string {
  const path = job.folder ? `${job.folder}/${job.fileName}` : job.fileName
  const { message, nextStep } = job.error && job.state === 'failed' ? jobErrorOf(job.error) : reasonOf(job)
  return `${path}\r\n  ${message} ${nextStep}`
}

function notedText({ job, name }: Unpacked): string {
  const notes = (job.report?.notes ?? []).map(noteView)
  const lines = notes.map(({ message, nextStep }) => `  ${message}${nextStep ? ` ${nextStep}` : ''}`)
  return [name, ...lines].join('\r\n')
}

function reasonOf(job: Job): Pick<JobError, 'message' | 'nextStep'> {
  if (job.state === 'completed') return (whyNotKept(job) ?? new AppError('file_not_found')).toJobError()
  if (job.state === 'cancelled') return { message: 'It was cancelled.', nextStep: '' }
  return new AppError('not_ready').toJobError()
}
