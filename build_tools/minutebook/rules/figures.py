"""8xx, figures: each number stands in one place, in its unit and period, and sums come out.

What a source prints wrongly stays as printed: sums that do not come out are warnings, and a record in
`discrepancies` whose sides state both numbers puts them right for the reader.
"""

from __future__ import annotations

from minutebook.diagnostics import Rule, Severity

UNKNOWN_ROW_OR_COLUMN = Rule(
    code="MB801",
    name="unknown-row-or-column",
    checks="Every cell of a table stands in a row and a column that the table declares; where the table has columns, every cell names one.",
    why="A figure without a place in the table would be left out of it.",
    example="`cells: [{row: tagreted-reviews, …}]`",
    mend="Write the `key` as it stands under `rows` or `columns`, or declare it there.",
)
CELLS_IN_ONE_PLACE = Rule(
    code="MB802",
    name="cells-in-one-place",
    checks="No two cells of a table agree in row, column, kind, period, date, scope, basis and funding.",
    why="Two amounts in one place leave the reader to choose.",
    example="two cells `{row: harrow-is-home, column: y2019-20, kind: delivered, …}`",
    mend="Keep the one that the source supports, or say in `as_at` or `scope` how they differ; two sources that disagree are a discrepancy.",
)
REPEATED_KEY = Rule(
    code="MB803",
    name="repeated-row-or-column",
    checks="No two rows of a table, and no two columns, have the same `key`.",
    why="A cell that names the key would belong to both.",
    example="two rows with `key: total`",
    mend="Give one of them another key.",
)
EMPTY_ROW_OR_COLUMN = Rule(
    code="MB804",
    name="empty-row-or-column",
    checks="Every row and every column of a table has a cell.",
    why="An empty row looks as if nothing was spent; mostly its figures were forgotten.",
    example="a row `reserves` that no cell names",
    mend="Add the cells, with `amount: not stated` where the source has none, or take the row away.",
    severity=Severity.WARNING,
)
TOTAL_DOES_NOT_ADD_UP = Rule(
    code="MB805",
    name="total-does-not-add-up",
    checks="A row or column whose key or label says *total* is the sum of the others of the same kind, within what rounding explains. Where one of them has no figure, or one that is only *some* or *just under* it, nothing is said.",
    why="A sum that does not come out is a figure that was copied wrongly, or a mistake of the source that readers should know of.",
    example="rows of £863K and £400K above a total of £1.236m",
    mend="Compare each figure with the source; where the source prints it so, write a discrepancy.",
    severity=Severity.WARNING,
)
CHANGE_DOES_NOT_FOLLOW = Rule(
    code="MB806",
    name="change-does-not-follow",
    checks="A cell of kind `change` is the difference between the two figures to its left in its row; where there are none, between the two of the row of totals, or of the only other row, in its column and the one before. Or it is that difference as a percentage, within what rounding explains.",
    why="Readers quote the percentage and do not work it out.",
    example="£34,099 in one year, £36,177 in the next, and a change of £2,780",
    mend="Compare the three figures with the source; where the source prints them so, write a discrepancy.",
    severity=Severity.WARNING,
)
SHORTFALL_DOES_NOT_FOLLOW = Rule(
    code="MB807",
    name="shortfall-does-not-follow",
    checks="A `shortfall` is what was `planned` less what was `delivered` or `predicted`, either, in the same row, period and scope, within what rounding explains.",
    why="A saving that fell short is what scrutiny asks about first.",
    example="£1.046m planned, £863K predicted and a shortfall of £138K",
    mend="Compare the three figures with the source; where the source prints them so, write a discrepancy.",
    severity=Severity.WARNING,
)
WRONG_UNIT = Rule(
    code="MB808",
    name="wrong-unit",
    checks="The sign of an amount fits the `unit` of its table or indicator: no `%` among pounds, no `£` among people; only a cell of kind `change` may be a percentage in a table of something else.",
    why="A percentage taken for thousands of pounds is added up with them.",
    example="`amount: 7.1%` with `kind: budget` in a table with `unit: £000`",
    mend="Correct the amount or its kind, or give the figure a table of its own unit.",
)
PERIOD_OUTSIDE = Rule(
    code="MB809",
    name="period-outside-its-column",
    checks="The `period` of a cell lies within that of its column, and so does the `as_at` of what was delivered, spent or counted.",
    why="A figure of one year under the heading of another is wrong in every chart.",
    example="`period: 2018/19` in a column with `period: 2019/20`",
    mend="Correct the period, or move the cell to its column.",
)
NO_PERIOD = Rule(
    code="MB810",
    name="figure-without-period",
    checks="Every cell has a period or a date: its own or that of its column.",
    why="Money is spent in a year; a saving without one is counted in any year one likes.",
    example="`{row: harrow-is-home, kind: planned, amount: £400K}` in a table without columns",
    mend="Add `period` or `as_at`, or `period: not stated`.",
    severity=Severity.WARNING,
)
EMPTY_TARGET = Rule(
    code="MB811",
    name="target-says-nothing",
    checks="A target or a comparator gives a `value` or a `word`, and one of them only.",
    why="A target that gives neither would be shown as an aim of nothing.",
    example="`target: {by: 2020-03}`",
    mend="Add the number, or the source's word (`Lower`); where the source sets none, `target: not stated`.",
)
RANK_OUTSIDE = Rule(
    code="MB812",
    name="rank-outside-the-cohort",
    checks="The `rank` of a measurement is no greater than its `cohort_size`.",
    why="Nobody is seventeenth of sixteen.",
    example="`rank: 17` with `cohort_size: 16`",
    mend="Look at both numbers in the source again.",
)
MEASURED_TWICE = Rule(
    code="MB813",
    name="measured-twice",
    checks="No two observations of an indicator have the same `as_at` and cohort.",
    why="A line drawn through both shows a jump that did not happen.",
    example="two observations with `as_at: 2019-03-31`",
    mend="Keep the later or provisional one apart by its `qualifier`, or write a discrepancy where the sources disagree.",
    severity=Severity.WARNING,
)
