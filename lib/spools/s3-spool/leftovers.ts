import type { SpoolBucket } from './spool-bucket.ts'
import type { TicketObjects } from './ticket-objects.ts'

/**
 * A living process renews its tickets far more often, and S3 answers no process whose clock differs by so much. In
 * milliseconds.
 */
export const ABANDONED_TICKET_MS = 3_600_000
/** No object takes so long to be written. In milliseconds. */
export const ABANDONED_MULTIPART_MS = 24 * 3_600_000

/** Deletes tickets that nobody has renewed since `before`, a time in milliseconds. */
export async function sweepTickets(tickets: TicketObjects, before: number): Promise<void> {
  for (const ticket of await tickets.all()) if (ticket.changedAt < before) await tickets.remove(ticket)
}

interface MultipartsToSweep {
  /** The beginning of their keys. */
  prefix: string
  /** When they began at the latest, in milliseconds. */
  before: number
}

/** Aborts what a process began to write and did not end: its parts are stored, and no listing shows them. */
export async function sweepMultiparts(
  bucket: SpoolBucket,
  { prefix, before }: MultipartsToSweep,
): Promise<void> {
  const { Bucket, Key: Prefix } = bucket.at(prefix)
  let markers = {}
  for (;;) {
    const page = await bucket.client.listMultipartUploads({ Bucket, Prefix, ...markers })
    const abandoned = (page.Uploads ?? []).filter(
      ({ Initiated }) => Initiated && Initiated.getTime() < before,
    )
    // Another process may sweep at the same time.
    for (const { Key, UploadId } of abandoned)
      await bucket.client.abortMultipartUpload({ Bucket, Key, UploadId }).catch(() => {})
    if (!page.IsTruncated) return
    markers = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker }
  }
}
