/** An input that the caller must correct. */
export class AuditError extends Error {}
