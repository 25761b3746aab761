/**
 * The spec Mainstay runs without a file of its own, and what a file that leaves out `severities` or parts of
 * `incident` gets. Text rather than an object, so that it goes through the loader like any other.
 *
 * The meanings are document 000's (L168-172), updates every 15 minutes document 004's (L338), the post-mortem within
 * 48 hours document 002's (L77). Every other figure says that it is assumed.
 */
export const DEFAULT_SPEC_NAME = 'built-in spec';

export const DEFAULT_SPEC = `\
name: Operations
timezone: UTC

severities:
  SEV1:
    meaning: Production outage
    responseTime: 15m
    updateEvery: 15m
    page: true
    announce: [incidents]
    postmortem: { due: 48h }
    response: Get help into the channel, stop the damage first, look for the cause later.
    assumed: The response time, and that it wakes somebody; the documents give neither.
  SEV2:
    meaning: Degraded performance
    responseTime: 30m
    updateEvery: 30m
    announce: [incidents]
    postmortem: { due: 48h }
    assumed: The response time, the update cadence, that nobody is woken, and that a SEV2 is critical enough for a post-mortem.
  SEV3:
    meaning: Minor issue
    responseTime: 4h
    updateEvery: never
    announce: [incidents]
    assumed: The response time, and that neither updates nor a post-mortem are owed.
  SEV4:
    meaning: Cosmetic issue
    responseTime: 2d
    updateEvery: never
    announce: [incidents]
    assumed: The response time, and that neither updates nor a post-mortem are owed.

incident:
  channelPrefix: inc
  announceChannel: incidents
  managersChannel: managers
  operatorsChannel: ops
  kinds: [System outage, Degraded performance, Security incident, Data loss, Other]
`;
