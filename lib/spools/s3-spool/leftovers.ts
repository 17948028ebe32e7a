import type { SpoolBucket } from './spool-bucket.ts'
import type { TicketObjects } from './ticket-objects.ts'

/** A living process shows life far more often. In milliseconds; more than clocks differ with which S3 answers at all. */
const TICKET_MS = 3_600_000
/** No object takes so long to be written. In milliseconds. */
const MULTIPART_MS = 24 * 3_600_000

/** Deletes tickets that nobody renews. */
export async function sweepTickets(tickets: TicketObjects): Promise<void> {
  const before = Date.now() - TICKET_MS
  for (const ticket of await tickets.all()) if (ticket.changedAt < before) await tickets.remove(ticket)
}

/** Aborts what a process began to write and did not end: its parts are stored, and no listing shows them. */
export async function sweepMultiparts(bucket: SpoolBucket, below: string): Promise<void> {
  const before = new Date(Date.now() - MULTIPART_MS)
  const { Bucket, Key: Prefix } = bucket.at(below)
  let markers = {}
  for (;;) {
    const page = await bucket.client.listMultipartUploads({ Bucket, Prefix, ...markers })
    for (const { Key, UploadId, Initiated = before } of page.Uploads ?? [])
      if (Initiated < before)
        await bucket.client.abortMultipartUpload({ Bucket, Key, UploadId }).catch(() => {})
    if (!page.IsTruncated) return
    markers = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker }
  }
}
