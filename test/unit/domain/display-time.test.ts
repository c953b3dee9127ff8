import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Audience, dayText, daysFromNow, hourOfDay, momentText } from '../../../src/domain/display-time.ts';

const nowMs = Date.parse('2026-11-21T22:30:00Z');
const audience = (language: string, timeZone: string, at = nowMs): Audience => ({ language, timeZone, nowMs: at });

test('a moment of the last days goes by the name of its day', () => {
  const london = audience('en-GB', 'Europe/London');
  assert.equal(momentText('2026-11-21T09:05:00Z', london), 'Today, 09:05');
  assert.equal(momentText('2026-11-20T09:05:00Z', london), 'Yesterday, 09:05');
  assert.equal(momentText('2026-11-18T09:05:00Z', london), 'Wednesday, 09:05');
  assert.equal(momentText('2026-11-15T09:05:00Z', london), 'Sunday, 09:05');
});

test('further away it is a date, which no weekday can be mistaken for', () => {
  const london = audience('en-GB', 'Europe/London');
  assert.equal(momentText('2026-11-14T09:05:00Z', london), '14 Nov 2026');
  assert.equal(momentText('2025-11-21T09:05:00Z', london), '21 Nov 2025');
});

test('the same moment in the languages and time zones of the world', () => {
  const placed = '2026-11-21T09:05:00Z';
  assert.equal(momentText(placed, audience('de-DE', 'Europe/Berlin')), 'Heute, 10:05');
  assert.match(momentText(placed, audience('fr-FR', 'Europe/Paris')), /^Aujourd.hui, 10:05$/);
  assert.equal(momentText(placed, audience('en-US', 'America/New_York')).replace(/\s/gu, ' '), 'Today, 4:05 AM');
  // In Tokyo it is the morning of the next day already.
  assert.equal(momentText(placed, audience('ja-JP', 'Asia/Tokyo')), '昨日, 18:05');
});

test('the day is the calendar day of the time zone, not a count of hours', () => {
  const justAfterMidnight = '2026-11-21T23:10:00Z';
  assert.equal(daysFromNow(justAfterMidnight, audience('en', 'Europe/London')), 0);
  assert.equal(daysFromNow(justAfterMidnight, audience('en', 'Europe/Berlin')), 1);
  assert.equal(daysFromNow(justAfterMidnight, audience('en', 'Pacific/Kiritimati')), 0);
  assert.equal(dayText(justAfterMidnight, audience('de-DE', 'Europe/Berlin')), 'morgen');
});

test('a day of 23 hours is still one day', () => {
  // Clocks go forward on 29 March 2026 in Berlin.
  const berlin = audience('en', 'Europe/Berlin', Date.parse('2026-03-28T22:30:00Z'));
  assert.equal(daysFromNow('2026-03-29T21:30:00Z', berlin), 1);
  assert.equal(daysFromNow('2026-03-29T22:30:00Z', berlin), 2);
});

test('other calendars and digits of a language leave the arithmetic alone', () => {
  const cairo = audience('ar-EG-u-ca-islamic-nu-arab', 'Africa/Cairo');
  assert.equal(daysFromNow('2026-11-20T09:05:00Z', cairo), -2);
  assert.equal(hourOfDay(cairo), 0);
  assert.equal(hourOfDay(audience('th-TH-u-ca-buddhist', 'Asia/Bangkok')), 5);
});
