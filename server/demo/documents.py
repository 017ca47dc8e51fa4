"""The documents with which the demo asks: what lies on the table, what the gallery follows, how it ended."""

ON_THE_TABLE = """
fragment OnTheTable on AgendaItem {
  id number
  text { provisions { id number revision alternatives { id seat } amendments { id seat state kind } } }
  round { candidates { id clauses { provision form alternative } } }
}
"""

PAPERS = f"""
query Papers($session: ID!) {{
  session(id: $session) {{ delegations {{ code }} quorum {{ needed }} agenda {{ ...OnTheTable }} }}
}}
{ON_THE_TABLE}"""

PAPERS_OF = f"""
query PapersOf($session: ID!, $item: ID!) {{ session(id: $session) {{ item(id: $item) {{ ...OnTheTable }} }} }}
{ON_THE_TABLE}"""

ENTRIES = """
subscription Entries($session: ID!) {
  sessionEntries(sessionId: $session) {
    ... on Withheld { seq }
    ... on Event {
      seq kind seat corrects actor { role }
      detail {
        ... on SessionScheduled {
          titles { language text }
          delegations { code standing names { language text } }
          items { id number titles { language text } provisions { id } }
        }
        ... on PersonAdmitted { roles seats }
        ... on RollCallRecorded { present absent }
        ... on ItemOpened { item phase }
        ... on ItemDeferred { item reason { text } }
        ... on PositionPosted { item revision text { language text } translations { language text } }
        ... on StancesStated { item stances { provision chosen: alternative level bulk reason { text } } }
        ... on ProvisionProposed { provision item after versions { text } }
        ... on ProvisionWithdrawn { provision }
        ... on VersionProvided { provision stale versions { language text } reopens }
        ... on VersionConfirmed { provision language }
        ... on AlternativeProposed { alternative provision versions { text } reopens }
        ... on BracketClosed { provision chosen: alternative }
        ... on SponsorJoined { provision }
        ... on SponsorLeft { provision }
        ... on AmendmentProposed {
          amendment item provision would: kind behind: after amends versions { text } reason { text }
        }
        ... on AmendmentRevised { amendment versions { text } }
        ... on AmendmentAccepted { amendment final becomes: revision reopens }
        ... on AmendmentWithdrawn { amendment }
        ... on DraftRequested { item }
        ... on DraftTabled { item number reopens clauses { id alternatives { id sources { seat } } } }
        ... on CandidatesProposed {
          item number choice { order } stop
          candidates { id statusQuo present objections expectedObjections words wordings explanation { text } }
          wordings { provision form alternative versions { text } }
        }
        ... on WriterConsulted { item answered: outcome consulted: taken refused { fault } }
        ... on CandidatesRanked { item choice { order } }
        ... on CandidateAnswered { item taken: candidate stances { provision level reason { text } } }
        ... on CandidateTaken { item candidate clauses { provision becomes: revision } }
        ... on TextCirculated { item callableFrom }
        ... on TextCleaned { item }
        ... on TextReopened { item reason { text } }
        ... on CallOpened { item objectionsUntil standing { seat provision } }
        ... on ObjectionRaised { provision version reason { text } wouldBeRemovedBy { text } }
        ... on ObjectionMaintained { provision }
        ... on ObjectionWithdrawn { provision }
        ... on OpinionPlaced { item on: provision opinion: kind text { language text } }
        ... on EntryCorrected { ofItem ofSeat reason { text } stances { level } dropped { provision }
          restoredOpinion { provision } }
        ... on CallClosed { item outcome absent verdict { objections { seat provision } } }
        ... on TextAdopted { item number }
        ... on TextBlocked { item }
      }
    }
  }
}
"""

FIGURES = """
subscription Figures($session: ID!, $item: ID!) {
  convergence(sessionId: $session, itemId: $item) { basis headline { meanCloseness objections stated cells } }
}
"""

UNBLOCKING = """
query Unblocking($session: ID!, $item: ID!) {
  session(id: $session) {
    item(id: $item) {
      unblocking {
        setCount
        sets(first: 1) {
          moves { seat provision chosen: alternative before after wouldBeRemovedBy { text } }
          takings { provision chosen: alternative notStated assumed }
        }
      }
    }
  }
}
"""

ENDED = """
query Ended($session: ID!) {
  session(id: $session) {
    phase
    head { seq treeRoot }
    delegations { code standing }
    agenda {
      number title phase
      movement { largest { seq change byMoves } rewordings { seq } }
      deferredReason { text }
      decision {
        number
        clauses { number kind versions { language text } }
        opinions { seat kind provision text { language text } }
      }
      text {
        provisions {
          id number
          stances { ...stance }
          alternatives { seat stances { ...stance } }
        }
      }
    }
  }
}

fragment stance on Stance { seat level reason { text } wouldBeRemovedBy { text } }
"""
