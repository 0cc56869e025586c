// Decides the facts of the moment at which a wave starts, on the clock of the snapshot's zone.
import { dateOf, isoWeekday } from '../../base/time.ts';
import { factsOf } from './fact.ts';

export const TIME_FACTS = factsOf('time', {
  weekday: {
    type: 'number',
    range: [1, 7],
    whole: true,
    text: 'ISO weekday on which the wave starts, 1 Monday to 7 Sunday',
    example: 5,
    read: ({ now }) => isoWeekday(now.day),
  },
  hour: {
    type: 'number',
    range: [0, 23],
    whole: true,
    unit: 'h',
    text: 'Hour of the day at which the wave starts, 0 to 23',
    example: 14,
    read: ({ now }) => Math.floor(now.minute / 60),
  },
  date: {
    type: 'date',
    text: 'Date on which the wave starts',
    example: '2011-11-14',
    read: ({ now }) => dateOf(now.day),
  },
  month: {
    type: 'number',
    range: [1, 12],
    whole: true,
    text: 'Month in which the wave starts, 1 to 12',
    example: 11,
    read: ({ now }) => Number(dateOf(now.day).slice(5, 7)),
  },
});
