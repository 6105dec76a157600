"""Common given names of the news by the pronoun they usually take; names that go either way stand in neither list."""

MALE = frozenset(
    """nate whit reince stevie johnnie jeb lamar tyrone deshawn elon bret bertrand roderick dmitrij mitchel
    aaron abdul abdullah abdulrahman abraham adam ahmad ahmed akira alan albert alberto alejandro aleksandr
    aleksei alex alexander alexandre alexei alexey alfred ali alistair allan allen alvin amir anders andre
    andreas andrei andrew andrey andrzej andy angus anthony anton antonin antonio antony anwar archie arjun
    armando arnold art arthur arturo asif augusto austin barack barry bart bashar ben benito benjamin bernard
    bernd bernie bert bill billy bjorn bob bobby boris brad bradley brandon brendan brent brett brian bruce
    bruno bryan byron calvin carl carlo carlos cedric cesar chad charles charlie chris christian christoph
    christophe christopher chuck claude clay clifford clint clive colin conor conrad corey craig curtis cyril
    dale damian dan daniel danny dante darren darrell dave david dean dennis derek desmond devin diego dieter
    dimitri dirk dmitri dmitry dominic don donald doug douglas duncan dustin dwight earl ed eddie edgar eduardo
    edward edwin elias elijah elliot emile emilio emmanuel enrique eric erik ernest ernesto ethan eugene evan
    fabio farhan felipe felix fernando fidel francesco francisco franco francois frank franklin fred frederick
    friedrich fritz gabriel gareth gary gavin gene geoff geoffrey george georges gerald gerard gerhard gerry
    giorgio giovanni giuseppe glen glenn gordon graham grant greg gregory guido guillermo gunther gustavo guy
    hamid hans hardeep harold harry harvey hassan heinrich hector helmut henri henrik henry herbert herman
    hiroshi horst howard hugh hugo hussein ian ibrahim igor imran ivan jack jacob jacques jaime jair jake jakob
    jamal james jamie jan jared jason javier jay jean jeff jeffrey jeremy jerome jerry jim jimmy joachim joao
    joe joel john johnny jon jonas jonathan jordi jorge jose josef joseph josh joshua juan julian julio julius
    jurgen justin kamal karim karl keith ken kenneth kent kenji kevin khalid kofi kurt kyle lars larry lawrence
    lech lee len leon leonard leonid leo lester liam lloyd lorenzo lou louis luc lucas luigi luis luiz luke
    mahmoud malcolm manuel marc marcel marcelo marco marcos marcus mario mark markus marshall martin marty
    marvin massimo mateusz mathieu matt matteo matthew matthias maurice mauricio max michael michel miguel mihai
    mike mikhail milan milos mitch mitt mohamed mohammad mohammed morgan moritz muhammad murray mustafa narendra
    nathan nathaniel neal neil nelson nicholas nick nicola nicolas nigel nikita niklas nikolai nikos noah noel
    norman oleg oliver olivier omar orlando oscar osama otto owen pablo paolo patrick paul paulo pavel pawel
    pedro per pete peter phil philip philippe phillip pierre pieter piotr qasim rafael rahul rajiv ralph ramon
    rand randall randy rashid raul ravi ray raymond recep reinhard rene rex ricardo riccardo richard rick ricky
    rob robert roberto robbie rodney rodrigo roger roland rolf ron ronald ronnie rory ross roy ruben rudolf rudy
    rupert russell ryan said salvador sam samir samuel sanjay saul scott sean sebastian sepp serge sergei sergey
    sergio seth shane shaun shinzo sidney simon spencer stanley stefan stefano stephane stephen stephan steve
    steven stewart stuart sven tariq ted terrence terry theo theodore thierry thomas tim timothy tobias todd tom
    tomas tommy tony travis trevor troy tyler ulrich umberto vaclav valery victor viktor vince vincent vikram
    vitaly vladimir volodymyr walter warren wayne wesley wilfried will willem william willy winston wolfgang
    xavier yuri yusuf yves zachary hal ezra hank harlan hakim idris jerzy jens jesper kaspar lasse magnus mats
    mikael niels nils olaf ole oskar petr radek rasmus sandor soren stig tadeusz tomasz torsten zoltan newt
    bernardo benoit cory denis dick dinesh edmund erwin everett floyd gilbert gus herb irving isaac jesse jimmie
    jorg kirk lindsey lyndon merrick mickey mort ned nikolay orrin oswald preston reggie rohan roman ronan rudi
    rufus sherrod sonny stan sylvester thad tarek toby ty vernon virgil woody yasser brock tomislav ibram andriy
    denys oleksandr oleksii pavlo serhii taras vadym wladimir yevgeny yevgeni kwame kwasi olusegun sipho thabo
    themba jomo uhuru mwai akio haruki hideo ichiro kazuo shigeru takashi taro yoshihide satoshi arun ashok
    deepak manmohan mukesh nitin pranab rajesh ramesh ranjit sanjiv suresh vijay asad farooq hamza kareem mehmet
    murat nawaz osman salman tayyip yitzhak benyamin shimon moshe avi ehud""".split()
)

FEMALE = frozenset(
    """kelli carly maxi staci kari jeanine megyn corinne maribel rosario mirjam nate whit reince stevie johnnie
    jeb lamar tyrone deshawn elon bret bertrand roderick dmitrij mitchel abigail abby ada adele adriana agnes
    agnieszka aisha alexandra alexis alice alicia alison allison alma amal amanda amber amelia amina amy ana
    anastasia andrea angela angelina anita ann anna annalena anne annette annie antonia aparna april arlene
    ashley asma astrid audrey ayesha barbara beata beatrice beatriz becky bella bernadette bertha beth betsy
    betty beverly birgit birgitta bonnie brenda brianna bridget brigitte britta camila camilla candace carla
    carmen carol carole carolina caroline carolyn carrie catalina catherine cathy cecilia celia charlotte
    chelsea cheri cheryl chiara chloe christiane christina christine cindy claire clara clare claudia colleen
    condoleezza connie constance cora corazon cristina cynthia dagmar daisy dana daniela danielle daphne dawn
    debbie deborah debra delia denise diana diane dianne dilma dolores dominique donna dora doris dorothy ebony
    edith eileen elaine elena eleanor elisabeth elise eliza elizabeth ella ellen elsa elsie emilia emily emma
    erica erika erin estelle esther ethel eva evelyn fatima fiona flora florence frances francesca francoise
    freya frieda gabriela gabrielle gail gemma geraldine gertrude gina giorgia gisela giulia gladys glenda
    gloria grace greta gretchen gwen hannah hanna harriet hazel heather heidi helen helena helene helga
    henrietta hilary hilda hillary holly ida ilse indira ines inga inge ingrid irene irina iris irma isabel
    isabella isabelle ivana ivanka jackie jacqueline jacinda jan jane janet janice janine jean jeanne jeannette
    jen jennifer jenny jessica jill jo joan joanna joanne jocelyn johanna josephine joy joyce juanita judith
    judy julia juliana julie juliet june kaja karen karin kate katarina katharina katherine kathleen kathryn
    kathy katie katja katrin kayla keiko kelly kellyanne kerstin kim kimberly kirsten kirstie kitty kristen
    kristin kristina lara latoya laura lauren leah leila lena leslie leticia lilian liliana lillian lily linda
    lisa liv liz liza lois lorena loretta lori lorraine louise lucia lucille lucy ludmila lydia lynn lynne
    madeleine madonna maggie magdalena maike manuela mara marcia margaret margarita margrethe maria mariam
    mariana marianne marie marilyn marina marine marion marisa marissa marjorie marlene marta martha martina
    mary maryam maureen maxine maya megan meghan melania melanie melinda melissa mercedes meredith mia michaela
    michele michelle mildred minerva miriam moira molly mona monica monika muriel myra nadia nadine najat nancy
    naomi natalia natalie natasha nellie nicole nicola nigella nikki nina nirmala noemi nora norma odette olga
    olive olivia paige pamela patricia patsy patti patty paula pauline peggy penelope penny petra phoebe phyllis
    pilar polly priscilla priti priya queenie rachel ramona raquel rebecca regina renata renee rhonda rina rita
    roberta robyn rosa rosalind rosanna rose rosemary rosie roxanne ruth sabine sabrina sadie sally samantha
    sandra sanna sara sarah selma shannon sharon sheila shelley sheryl shirley sigrid silke silvia simone sofia
    solveig sonia sonja sophia sophie stacey stacy stella stephanie sue susan susana susanna susanne suzanne
    svetlana sylvia tamara tammy tania tanya tatiana tara teresa tessa thelma theresa therese tiffany tina toni
    tracey tracy trudy tulsi ulrike ursula ute valentina valerie vanessa vera veronica victoria viola violet
    virginia viviane vivian wanda wendy wilma winnie xenia yasmin yoko yolanda yulia yuliya yvette yvonne zainab
    zoe zsuzsanna kamala minyon ketanji mazie deb lulu marsha shelly keisha sahle ngozi graca hala leymah malala
    benazir sirikit yingluck miyuki yuriko oksana olena iryna nataliya yaroslava ayse emine fatma meral""".split()
)

EITHER = (MALE & FEMALE) | frozenset(
    """alex ashley blair cameron carey casey chris dana drew dominique frances francis jackie jaime jamie jan
    jean jo jordan jude kelly kerry kim kit lee leigh leslie lindsay lindsey lynn mackenzie marion morgan nicola
    noor pat quinn reese riley robin sam sasha shannon shelby sidney sydney taylor terry tracy val xi""".split()
)

SHORT_FORMS = {
    "abe": "abraham", "al": "albert", "alec": "alexander", "andy": "andrew", "barb": "barbara", "ben": "benjamin",
    "bernie": "bernard", "beth": "elizabeth", "betty": "elizabeth", "bill": "william", "bob": "robert",
    "bobby": "robert", "charlie": "charles", "chris": "christopher", "chuck": "charles", "cindy": "cynthia",
    "dan": "daniel", "danny": "daniel", "dave": "david", "deb": "deborah", "debbie": "deborah", "dick": "richard",
    "dmitri": "dmitry", "don": "donald", "doug": "douglas", "ed": "edward", "eddie": "edward", "fred": "frederick",
    "greg": "gregory", "jeff": "jeffrey", "jen": "jennifer", "jenny": "jennifer", "jerry": "gerald", "jim": "james",
    "jimmy": "james", "joe": "joseph", "jon": "jonathan", "josh": "joshua", "kate": "katherine", "kathy": "katherine",
    "ken": "kenneth", "larry": "lawrence", "len": "leonard", "liz": "elizabeth", "maggie": "margaret",
    "matt": "matthew", "meg": "margaret", "mickey": "michael", "mike": "michael", "mitch": "mitchell",
    "nate": "nathaniel", "nick": "nicholas", "pat": "patricia", "patty": "patricia", "peggy": "margaret",
    "pete": "peter", "phil": "philip", "ray": "raymond", "rich": "richard", "rick": "richard", "rob": "robert",
    "robbie": "robert", "ron": "ronald", "sam": "samuel", "sergey": "sergei", "stan": "stanley", "steve": "stephen",
    "steven": "stephen", "sue": "susan", "ted": "edward", "terry": "terrence", "tim": "timothy", "tom": "thomas",
    "tony": "anthony", "vince": "vincent", "will": "william",
}  # fmt: skip
"""Short and variant forms with the form they are compared under."""

GIVEN = MALE | FEMALE | EITHER
