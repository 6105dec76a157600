"""Words that tell people, bodies, documents and descriptions apart; all in lower case, without full stops."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


HONORIFICS = {
    "mr": "m", "mrs": "f", "ms": "f", "miss": "f", "mme": "f", "sir": "m", "dame": "f", "lord": "m", "lady": "f",
    "herr": "m", "frau": "f", "monsieur": "m", "madame": "f", "mx": None, "messrs": "m", "mlle": "f",
    "mademoiselle": "f", "fraulein": "f", "signor": "m", "signora": "f", "signorina": "f", "senor": "m", "senora": "f",
    "senorita": "f", "senhor": "m", "senhora": "f", "pani": "f", "shri": "m", "smt": "f", "shrimati": "f",
    "datuk": "m", "dato": "m", "datin": "f", "puan": "f", "encik": "m", "alhaji": "m", "alhaja": "f", "khun": None,
}  # fmt: skip
"""Forms of address, with the gender of the pronoun they call for."""

ABBREVIATIONS = {
    "sen": "senator", "sens": "senator", "rep": "representative", "reps": "representative", "gov": "governor",
    "govs": "governor", "gen": "general", "lt": "lieutenant", "col": "colonel", "capt": "captain", "sgt": "sergeant",
    "maj": "major", "adm": "admiral", "cmdr": "commander", "prof": "professor", "rev": "reverend", "pres": "president",
    "sec": "secretary", "dr": "doctor", "drs": "doctor", "atty": "attorney", "supt": "superintendent",
    "det": "detective", "cllr": "councillor", "insp": "inspector", "cpl": "corporal", "pvt": "private",
    "hon": "honourable", "senators": "senator", "governors": "governor",
    "presidents": "president", "ministers": "minister", "professors": "professor", "doctors": "doctor",
    "mp": "lawmaker", "msp": "lawmaker", "mep": "lawmaker", "td": "lawmaker", "ceo": "executive",
    "cfo": "executive", "cto": "executive", "pm": "minister", "spox": "spokesperson",
    "ag": "attorney", "vp": "vice-president", "chief": "chief",
}  # fmt: skip
"""Abbreviated titles and the words they are matched as."""

TITLES = _words(
    """president minister secretary senator representative congressman congresswoman governor mayor chancellor premier
    ambassador envoy commissioner chairman chairwoman chairperson chair director leader speaker spokesman spokeswoman
    spokesperson chief general colonel captain lieutenant sergeant major admiral commander corporal marshal justice
    judge attorney prosecutor lawyer solicitor doctor professor reverend bishop archbishop cardinal pope rabbi imam
    ayatollah sheikh sheik king queen prince princess duke duchess baron baroness emperor sultan emir sheriff officer
    detective inspector constable superintendent commissar treasurer comptroller delegate councillor councilman
    councilwoman alderman lawmaker candidate nominee coach president-elect whip undersecretary mp ceo democrat
    republican director-general secretary-general administrator dean provost rector private chef father sister
    vice-president first-minister ombudsman counsel editor strategist adviser advisor economist analyst correspondent
    governor-general executive manager author activist deputy sheikha mullah maulana mufti patriarch swami lama
    taoiseach tanaiste crown-prince generalissimo brigadier chieftain"""
) | frozenset(ABBREVIATIONS)
"""Words that, capitalised, stand before a name without being part of it."""

AFTER_HONORIFICS = _words("justice sri seri")
"""Words that belong to the form of address before them (`Mr Justice`, `Tan Sri`)."""

POST_NOMINALS = _words(
    "kc qc mp mps mep meps msp mla mpp mk td md phd dphil mba msc ma ba bsc llb llm frs frcs frcp obe mbe cbe kbe dbe "
    "om esq esquire jd rn cpa dds dvm ret usn usmc raf rn ao am psm"
)
"""Letters and words behind a name that are no part of it."""

NAME_LIKE_TITLES = _words(
    "king pope bishop dean prince judge major marshal baron duke cardinal justice sheriff coach chef father sister "
    "private queen whip page chair chief general"
)
"""Titles that are surnames too: before a name they count only where no given name comes first."""

TITLE_MODIFIERS = _words(
    """deputy vice former ex acting interim retired prime foreign chief senior junior assistant associate first
    second lord finance defence defense interior justice health education state attorney general national
    security press under-secretary majority minority house senate executive managing staff trade energy
    transport home ranking presidential vice-presidential brigadier rear wing field air crown lead principal
    district supreme high communications policy campaign political outgoing incoming then longtime late shadow
    environment agriculture culture labour labor economy economics digital inspector solicitor surgeon poet
    council party city county police then-president attorney-general grand tan"""
)
"""Words that stand between an affiliation and a title and belong to the title."""

TEMPORAL = _words("former ex interim acting retired then late longtime outgoing incoming onetime longtime sometime")
"""Modifiers that say when somebody held a title."""

PERSON_NOUNS = TITLES | _words(
    """aide aide-de-camp attendee historian scientist physicist researcher scholar engineer captain striker midfielder
    goalkeeper defender founder co-founder cofounder campaigner veteran actor actress singer musician principal farmer
    teacher nurse pilot trader investor billionaire developer resident neighbour neighbor student fellow expert
    official statistician epidemiologist biologist geologist meteorologist seismologist virologist surgeon
    paediatrician psychologist sociologist pollster organiser organizer publicist producer filmmaker novelist poet
    artist designer architect mechanic driver fisherman fisherwoman shopkeeper pensioner widow widower mother wife
    husband son daughter brother ex-wife ex-husband father-in-law laureate champion boss moderator reporter columnist
    journalist host anchor writer consultant legislator mogul businessman businesswoman tycoon socialist independent
    conservative owner head counsel critic supporter opponent survivor victim witness suspect defendant plaintiff
    patient partner colleague friend cousin aunt uncle grandmother grandfather chemist astronomer climatologist
    biochemist ecologist botanist zoologist physician psychiatrist dentist pharmacist firefighter policeman
    policewoman soldier sailor astronaut cosmonaut diplomat negotiator mediator guard worker employee volunteer voter
    operative surrogate contributor blogger commentator pundit presenter broadcaster photographer publisher
    editor-in-chief librarian curator conductor composer choreographer dancer comedian guitarist drummer rapper
    cyclist runner sprinter swimmer skier boxer golfer player forward winger keeper referee umpire trainer jockey
    chairman-elect mayor-elect governor-elect senator-elect lawmaker hopeful contender challenger incumbent
    frontrunner running-mate grower nephew niece son-in-law daughter-in-law mother-in-law brother-in-law sister-in-law
    half-brother half-sister stepfather stepmother stepson stepdaughter granddaughter grandson godfather godmother
    fiance fiancee girlfriend boyfriend bride groom mate hairdresser baker butcher grocer carpenter plumber
    electrician clerk cashier vendor merchant banker broker accountant auditor actuary lecturer academic theologian
    priest monk nun vicar pastor minister chaplain missionary elder chieftain warlord rebel militant insurgent fighter
    gunman hijacker hacker whistleblower informant source figure man woman boy girl person teenager youth child baby
    parent sibling twin lady gentleman guy freshman sophomore graduate alumnus assemblyman assemblywoman ex-president
    ex-minister ex-chief native immigrant migrant refugee citizen tourist visitor passenger commuter motorist
    pedestrian onlooker bystander specialist technician inspector investigator examiner coroner pathologist forecaster
    planner dealer celebrity star hydrologist oceanographer volcanologist ornithologist entomologist archaeologist
    anthropologist linguist toxicologist oncologist cardiologist neurologist radiologist criminologist metallurgist
    agronomist philosopher mathematician naturalist interpreter translator cellist pianist violinist harbourmaster
    harbormaster bosun cook deckhand seaman skipper trawlerman midwife paramedic headteacher headmaster headmistress
    bookkeeper beekeeper shepherd herder miner welder potter weaver tailor cobbler barber innkeeper hotelier
    restaurateur goalscorer batsman bowler sub-editor economist trade-unionist demographer cartographer surveyor
    curate deacon legend icon guru politician statesman monarch ruler dictator strongman autocrat proponent
    advocate backer detractor"""
)
"""Common nouns for one person."""

GENDERED_NOUNS = {
    **dict.fromkeys(
        "spokesman chairman congressman councilman businessman king prince duke baron emperor sultan emir father son "
        "brother husband widower uncle grandfather actor fisherman policeman man boy gentleman ex-husband pope "
        "statesman assemblyman monk priest cardinal archbishop imam ayatollah sheikh nephew son-in-law brother-in-law "
        "half-brother stepfather stepson grandson godfather boyfriend groom fiance headmaster seaman batsman mullah "
        "maulana mufti patriarch friar trawlerman gentleman".split(),
        "m",
    ),
    **dict.fromkeys(
        "spokeswoman chairwoman congresswoman councilwoman businesswoman queen princess duchess baroness mother "
        "daughter sister wife widow aunt grandmother actress fisherwoman policewoman woman girl ex-wife nun "
        "assemblywoman niece daughter-in-law mother-in-law sister-in-law half-sister stepmother stepdaughter "
        "granddaughter godmother girlfriend bride fiancee headmistress midwife sheikha lady baroness".split(),
        "f",
    ),
}
"""Nouns and titles that settle the gender of the pronoun."""

GROUP_NOUNS = _words(
    """people police officials critics voters experts analysts sources others many some most several lawyers
    attorneys aides advisers advisors supporters opponents lawmakers republicans democrats conservatives
    liberals residents witnesses prosecutors investigators authorities economists researchers scientists doctors
    leaders journalists reporters members media press observers relatives neighbours neighbors families parents
    protesters activists diplomats ministers senators governors states nations countries companies delegates
    allies rivals women men african-americans millennials staff crew firefighters detectives troops insiders
    pollsters public crowd audience few both all everyone everybody nobody somebody someone anyone none those
    these one two three four five two-thirds half hundreds thousands millions percent majority minority judges
    teachers students workers unions industry businesses traders investors markets lobbyists readers viewers
    users fans players survivors victims children americans britons europeans muslims christians catholics jews
    sikhs hindus protestants evangelicals latinos hispanics londoners yorkers birchers germans russians
    ukrainians chinese japanese israelis palestinians staffers operatives"""
)
"""Plural and collective nouns that name nobody."""

BODY_NOUNS = _words(
    """administration agency alliance army assembly association authority bank board brigade bureau cabinet
    campaign caucus center centre chamber charity church circuit club coalition college commission committee
    communist community company confederation conference congress consortium convention corporation corp council
    court department directorate embassy exchange federation fire firm force forces forum foundation front fund
    government group guard guards herald hospital house inc institute institution institutions international
    journal kremlin laboratory league legislature limited llc ltd magazine mail media ministry mission monitor
    movement museum navy network news newspaper office order organisation organization pac parliament party plc
    police politburo post press project radio railways records register reserve school schools secretariat
    senate service services society station syndicate team telegraph television tribunal tribune trust tv union
    universities university watch watchdog workers airlines airways brothers motors oil energy gas holdings
    industries laboratories partners technologies systems pharmaceuticals coast-guard intelligence observatory
    academy library archives orchestra theatre theater opera ballet festival nations states times guardian
    economist register-guard enquirer gazette chronicle examiner beast review today headquarters command corps
    fleet squadron treasury exchequer duma knesset bundestag senado cortes riksdag sejm sentinel dispatch
    courier inquirer globe bee branch division unit bloc citizens initiative programme program registry reuters
    bbc cnn consulate watchdogs employers chiefs veterans teachers nurses doctors farmers lawyers manufacturers
    producers retailers defenders"""
)
"""Head nouns of organisations; a capitalised sequence that ends in one is a body, not a person."""

GROUPS_AS_BODIES = _words(
    "campaign administration government team camp ministry party committee council agency bank court company "
    "commission department office board union embassy university institute association federation parliament "
    "army police network group church cabinet bureau fund organisation organization service authority foundation club "
    "firm newspaper regime delegation mission secretariat senate congress house"
)
"""Lower-case heads that make a body of what stands before them (`the Lind campaign`)."""

GENERIC_BODIES = GROUPS_AS_BODIES - _words("senate congress house parliament cabinet army police camp team church")
"""Heads that, capitalised alone, are short for a fuller name (`the Authority`)."""

BODY_SYNONYMS = {
    "agency": _words("agency bureau office administration service authority"),
    "bureau": _words("bureau"),
    "ministry": _words("ministry"),
    "department": _words("department"),
    "court": _words("court tribunal circuit"),
    "tribunal": _words("tribunal court"),
    "campaign": _words("campaign"),
    "commission": _words("commission"),
    "committee": _words("committee"),
    "council": _words("council"),
    "university": _words("university"),
    "bank": _words("bank"),
    "party": _words("party"),
    "institute": _words("institute"),
    "union": _words("union"),
    "association": _words("association society"),
    "federation": _words("federation"),
    "administration": _words("administration"),
    "newspaper": _words("times post herald journal gazette chronicle tribune telegraph mail guardian newspaper"),
    "paper": _words("times post herald journal gazette chronicle tribune telegraph mail guardian newspaper"),
    "hospital": _words("hospital"),
    "embassy": _words("embassy"),
    "board": _words("board"),
    "club": _words("club"),
    "foundation": _words("foundation"),
    "watchdog": _words("watchdog commission authority"),
    "airline": _words("airlines airways"),
    "parliament": _words("parliament"),
    "senate": _words("senate"),
    "team": _words("team"),
    "museum": _words("museum"),
    "charity": _words("charity foundation"),
    "center": _words("center"),
    "centre": _words("centre"),
    "fund": _words("fund"),
}
"""What a description (`the agency`) may be short for."""

TITLE_SYNONYMS = {
    "president": _words("president"),
    "minister": _words("minister"),
    "premier": _words("premier"),
    "senator": _words("senator"),
    "congressman": _words("congressman representative"),
    "congresswoman": _words("congresswoman representative"),
    "representative": _words("representative congressman congresswoman"),
    "lawmaker": _words("senator representative congressman congresswoman lawmaker mp"),
    "judge": _words("judge justice"),
    "justice": _words("justice"),
    "general": _words("general"),
    "doctor": _words("doctor"),
    "physician": _words("doctor"),
    "professor": _words("professor"),
    "spokesman": _words("spokesman spokesperson"),
    "spokeswoman": _words("spokeswoman spokesperson"),
    "spokesperson": _words("spokesperson spokesman spokeswoman"),
    "chairman": _words("chairman chair"),
    "chairwoman": _words("chairwoman chair"),
    "chair": _words("chair chairman chairwoman"),
    "candidate": _words("candidate nominee"),
    "nominee": _words("nominee candidate"),
    "ex-wife": _words("ex-wife wife"),
    "ex-husband": _words("ex-husband husband"),
    "lawyer": _words("lawyer attorney counsel"),
    "attorney": _words("lawyer attorney counsel"),
}
"""What a description of a person (`the senator`) may be short for; other nouns stand for themselves."""

DOCUMENT_NOUNS = _words(
    """report study poll survey analysis document documents transcript statistics data figures records paper
    memo letter memorandum convention treaty agreement charter constitution law bill rules bylaws ruling rulings
    results verdict indictment complaint affidavit filing filings brief book article piece story column
    editorial review tally findings finding research polls surveys studies reports analyses census audit
    assessment manifesto communique resolution index forecast bulletin dossier diary transcripts article-21
    leaflet map chart account history biography memoir emails email e-mails e-mail postings posting tapes tape
    video recording petition lawsuit summary headline average"""
)
"""Head nouns of documents that speak."""

UTTERANCE_NOUNS = _words(
    "notice notices circular statement statements release announcement tweet tweets remarks comments speech communique "
    "communiqué briefing "
    "declaration message press-release note testimony"
)
"""What a body issues: the body in front of it is the speaker (`a Kremlin statement`)."""

METONYMS = _words(
    """kremlin pentagon vatican brussels moscow washington beijing berlin paris london tehran kyiv kiev ankara
    jerusalem tokyo seoul pyongyang delhi islamabad warsaw budapest vienna rome madrid havana caracas riyadh
    damascus baghdad kabul minsk bern ottawa canberra athens lisbon dublin stockholm oslo helsinki copenhagen
    whitehall westminster stormont holyrood elysee élysée quai bankside zagreb belgrade sofia bucharest prague
    bratislava tallinn riga vilnius"""
)
PLACE_METONYMS = frozenset({"white house", "downing street", "10 downing street", "wall street", "capitol hill"})
"""Seats of power that speak for those who sit there."""

COUNTRIES = _words(
    """russia ukraine china japan germany france britain england scotland wales ireland italy spain portugal
    poland hungary austria switzerland belgium netherlands denmark sweden norway finland iceland greece turkey
    israel egypt syria iraq iran jordan lebanon libya tunisia algeria morocco sudan ethiopia kenya uganda rwanda
    nigeria ghana senegal cuba mexico brazil argentina chile peru colombia venezuela bolivia ecuador uruguay
    paraguay canada australia india pakistan bangladesh nepal afghanistan thailand vietnam cambodia laos
    malaysia singapore indonesia philippines taiwan mongolia kazakhstan uzbekistan georgia armenia azerbaijan
    belarus moldova romania bulgaria serbia croatia slovenia slovakia czechia estonia latvia lithuania albania
    kosovo bosnia macedonia montenegro malta cyprus qatar kuwait bahrain oman yemen emirates zimbabwe zambia
    angola mozambique namibia botswana somalia eritrea congo cameroon palestine catalonia tibet america europe
    africa asia us usa uk eu un nato"""
)
PLACES = _words(
    """york carolina dakota zealand korea arabia hampshire jersey mexico virginia delhi angeles francisco
    orleans antonio diego jose vegas texas florida ohio iowa nevada arizona colorado california oregon
    washington montana idaho utah wyoming nebraska kansas oklahoma missouri arkansas louisiana mississippi
    alabama tennessee kentucky indiana illinois michigan wisconsin minnesota pennsylvania massachusetts
    connecticut vermont maine delaware maryland hawaii alaska street avenue road square county city town village
    valley river lake sea ocean bay gulf island islands mountain mountains hills north south east west northern
    southern eastern western central states kingdom republic federation district province region airport bridge
    park stadium beach harbour harbor port coast boston chicago philadelphia houston dallas detroit atlanta
    miami seattle denver baltimore cleveland pittsburgh milwaukee manhattan brooklyn hollywood london paris
    berlin"""
)

NATIONALITIES = _words(
    """russian ukrainian chinese japanese german french british english scottish welsh irish italian spanish
    portuguese polish hungarian austrian swiss belgian dutch danish swedish norwegian finnish icelandic greek
    turkish israeli egyptian syrian iraqi iranian jordanian lebanese libyan tunisian algerian moroccan sudanese
    ethiopian kenyan ugandan rwandan nigerian ghanaian cuban mexican brazilian argentine chilean peruvian
    colombian venezuelan bolivian canadian australian indian pakistani bangladeshi nepalese afghan thai
    vietnamese cambodian malaysian singaporean indonesian filipino philippine taiwanese korean kazakh uzbek
    georgian armenian azerbaijani belarusian moldovan romanian bulgarian serbian croatian slovenian slovak czech
    estonian latvian lithuanian albanian bosnian macedonian maltese qatari kuwaiti omani yemeni zimbabwean
    zambian angolan somali congolese palestinian catalan saudi european american african asian u.s us uk eu un
    nato soviet democratic republican conservative labour liberal tory gop californian texan bavarian
    flemish north south west east new"""
)

INSTITUTION_HEADS = _words(
    "ministry office government board department council embassy consulate court commission committee agency authority "
    "service bank parliament army navy force coastguard military treasury directorate inspectorate institute guard "
    "administration brigade prosecution secretariat delegation"
)
NO_STATES = _words("north south east west new democratic republican conservative liberal")
INSTITUTION_WORDS = (NATIONALITIES - NO_STATES) | _words(
    """foreign interior defence defense finance health education justice trade transport energy agriculture environment
    labour labor culture sport sports tourism fisheries minister president governor mayor chancellor king queen
    prosecutor attorney general home regional district provincial municipal federal central national public state city
    town county coast border customs tax fire ambulance weather meteorological electoral election supreme high
    constitutional appeals criminal prime port harbour harbor air civil aviation press"""
)
"""Words that make a definite body one of its kind (`the Chilean foreign ministry`, `the regional health board`)."""
INSTITUTIONS = _words("coastguard navy army military coast-guard")
"""Bodies of which a country has one."""

COMMON_ACRONYMS = {
    "un": "United Nations", "us": "United States", "usa": "United States", "eu": "European Union",
    "uk": "United Kingdom",
}  # fmt: skip
"""Acronyms that need no spelling out in an article."""

MONTHS_AND_DAYS = _words(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday jan feb mar apr jun jul aug sept oct nov dec christmas easter ramadan"
)

PARTICLES = _words(
    "de da do dos das del della der den di du el la le les van von zu zum ten ter bin ibn al ben y e af av st"
)
"""Lower-case parts inside a name."""

SUFFIXES = _words("jr sr ii iii iv")

FUNCTION_WORDS = _words(
    """a an the this that these those and or but nor so yet if when while where after before since until
    although though because as at by for from in into of off on onto out over per through to toward under up
    upon with within without about above across against along among around behind below beneath beside between
    beyond despite during except inside like near outside past than via he she it they we you i his her its
    their our your my him them us me who whom whose which what why how there here then now not no yes all some
    any each every both few many most several such one two three four five six seven eight nine ten is are was
    were be been being has have had do does did will would can could may might must shall should also only just
    even still again ever never always often once twice too very meanwhile however moreover earlier later last
    throughout
    next first finally today yesterday tomorrow according asked speaking let's well oh ok okay more less other
    another same amid following given including perhaps maybe instead indeed thus hence therefore rather quite
    almost nearly already soon else either neither whether unlike unless said says say told added read see watch
    photo image updated breaking exclusive opinion analysis video sources don't didn't isn't it's that's he's
    she's i'm we're you're they're can't won't"""
)
FUNCTION_WORDS |= {word.replace("'", "") for word in FUNCTION_WORDS} | {"ive", "id", "ill"}  # keys have no apostrophes
"""Words that begin no name, however they are written."""

MALE_PRONOUNS = _words("he him his himself")
FEMALE_PRONOUNS = _words("she her hers herself")
RELATIVES = _words("who which that whom whose")
PLURAL_PRONOUNS = _words("they them their theirs themselves")
NEUTER_PRONOUNS = _words("it its itself")
FIRST_AND_SECOND = _words("i me my mine myself we us our ours you your yours one")
PRONOUNS = MALE_PRONOUNS | FEMALE_PRONOUNS | RELATIVES | PLURAL_PRONOUNS | NEUTER_PRONOUNS | FIRST_AND_SECOND

DETERMINERS = _words("the a an this that these those his her its their our my your some another one each every any no")
DEFINITE = _words("the this that his her its their our")
PREPOSITIONS = _words(
    "of in on at for from with by to about against among between under over near inside outside within around across "
    "during after before since behind on toward towards into via including including representing handling working "
    "like such released taken published conducted obtained seen"
)
SAYING = _words("said says told added warned asked wrote tweeted argued insisted replied explained noted announced")
